import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command, Option } from 'commander';
import { exportEvents, type Format } from '../import-export/export-events.ts';
import { openExistingStore } from './existing-store.ts';
import { dataOption, parseTime } from './options.ts';

interface ExportOptions {
  data: string;
  format: Format;
  output?: string;
  from?: number;
  to?: number;
}

export function exportCommand(): Command {
  return new Command('export')
    .description('write the raw events in PostHog’s form; the server may run')
    .addOption(dataOption())
    .addOption(new Option('--format <format>', 'the form').choices(['jsonl', 'csv']).default('jsonl'))
    .option('--output <file>', 'a new file; standard output without it')
    .option('--from <time>', 'only events received at this time or later', parseTime)
    .option('--to <time>', 'only events received before this time', parseTime)
    .action(run);
}

async function run({ data, format, output, ...range }: ExportOptions): Promise<void> {
  const store = openExistingStore(data);
  try {
    const text = Readable.from(exportEvents(store, format, range));
    await pipeline(
      text,
      output === undefined ? process.stdout : createWriteStream(output, { flags: 'wx', mode: 0o600 }),
    );
  } finally {
    store.close();
  }
}
