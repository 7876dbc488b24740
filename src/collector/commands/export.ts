import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command, Option } from 'commander';
import { isClickHouseAddress, parseAddress } from '../clickhouse/address.ts';
import { OperatorError } from '../errors.ts';
import { exportEvents, exportLines, type Format } from '../import-export/export-events.ts';
import { openExistingStore } from './existing-store.ts';
import { caOption, dataOrClickHouseOption, parseTime } from './options.ts';

interface ExportOptions {
  data: string;
  ca?: string;
  format: Format;
  output?: string;
  from?: number;
  to?: number;
}

export function exportCommand(): Command {
  return new Command('export')
    .description('write the raw events in PostHog’s form; the server may run')
    .addOption(dataOrClickHouseOption())
    .addOption(caOption())
    .addOption(new Option('--format <format>', 'the form').choices(['jsonl', 'csv']).default('jsonl'))
    .option('--output <file>', 'a new file; standard output without it')
    .option('--from <time>', 'only events received at this time or later', parseTime)
    .option('--to <time>', 'only events received before this time', parseTime)
    .action(run);
}

async function run(options: ExportOptions): Promise<void> {
  const { data, format, output, from, to } = options;
  if (from !== undefined && to !== undefined && from >= to)
    throw new OperatorError('--from is not before --to: there is no time between them.');
  if (isClickHouseAddress(data)) return exportThere(options);
  const store = openExistingStore(data);
  try {
    await write(exportEvents(store, format, { from, to }), output);
  } finally {
    store.close();
  }
}

async function exportThere({ data, ca, format, output, from, to }: ExportOptions): Promise<void> {
  const [{ connect }, { readEvents }] = await Promise.all([
    import('../clickhouse/cluster.ts'),
    import('../clickhouse/read-events.ts'),
  ]);
  const clickHouse = await connect(parseAddress(data), { ca });
  try {
    await write(exportLines(readEvents(clickHouse, { from, to }), format), output);
  } finally {
    await clickHouse.close();
  }
}

function write(lines: Iterable<string> | AsyncIterable<string>, output: string | undefined): Promise<void> {
  const file =
    output === undefined ? process.stdout : createWriteStream(output, { flags: 'wx', mode: 0o600 });
  return pipeline(Readable.from(lines), file);
}
