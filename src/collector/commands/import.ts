import { createReadStream, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { Command, Option } from 'commander';
import { isOperators, messageOf, OperatorError } from '../errors.ts';
import type { Format } from '../import-export/export-events.ts';
import { type Imported, importEvents, nothingImported } from '../import-export/import-events.ts';
import { readRecords } from '../import-export/read-records.ts';
import { openStore } from '../store/open-store.ts';
import { dataOption } from './options.ts';
import { progress } from './progress.ts';

interface ImportOptions {
  data: string;
  format?: Format;
}

export function importCommand(): Command {
  return new Command('import')
    .description('store the events of an export, PostHog’s or ours; may be repeated, and the server may run')
    .argument(
      '<file>',
      'JSON (lines, an array or PostHog’s pages) or CSV, also packed by gzip; - reads standard input',
    )
    .addOption(dataOption())
    .addOption(
      new Option('--format <format>', "what the file is, if its name doesn't say").choices(['jsonl', 'csv']),
    )
    .action(run);
}

async function run(file: string, options: ImportOptions): Promise<void> {
  const format = options.format ?? (/\.csv(?:\.gz)?$/i.test(file) ? 'csv' : 'jsonl');
  const bar = progress('importing', file === '-' ? 0 : sizeOf(file));
  const store = openStore(options.data, { everyUuid: true });
  const result = nothingImported();
  try {
    const input = counted(file === '-' ? process.stdin : createReadStream(file), bar.update);
    await importEvents(store, named(readRecords(input, format), file), Date.now(), result);
  } finally {
    bar.stop();
    store.close();
    writeResult(result);
  }
}

/** The same; what fails says the file, since neither zlib nor a parser knows it. */
async function* named(records: AsyncGenerator<unknown>, file: string): AsyncGenerator<unknown> {
  try {
    yield* records;
  } catch (error) {
    const what = file === '-' ? 'standard input' : file;
    if (error instanceof OperatorError) throw new OperatorError(`Can't read ${what}: ${error.message}.`);
    if (!isOperators(error)) throw error;
    throw new OperatorError(
      `Can't read ${what} to its end: ${messageOf(error)}. What came before is stored; import it again when it is whole.`,
    );
  }
}

function writeResult({ stored, duplicates, dropped, keptOut }: Imported): void {
  process.stdout.write(`stored ${stored}, already there ${duplicates}\n`);
  for (const [reason, events] of Object.entries(dropped)) {
    process.stdout.write(`dropped ${events}: ${reason}\n`);
  }
  for (const [what, times] of Object.entries(keptOut)) {
    process.stdout.write(`${what === 'distinct_id' ? 'kept as a hash' : 'left out'} ${times}: ${what}\n`);
  }
}

function sizeOf(file: string): number {
  try {
    const status = statSync(file);
    if (!status.isDirectory()) return status.size;
  } catch (error) {
    throw new OperatorError(`Can't read ${file}: ${messageOf(error)}`);
  }
  throw new OperatorError(`${file} is a directory. Name a file of it.`);
}

/** The same bytes; `onBytes` hears how many have passed so far. */
function counted(input: Readable, onBytes: (bytes: number) => void): Readable {
  async function* pass(): AsyncGenerator<Buffer> {
    let bytes = 0;
    for await (const chunk of input) {
      bytes += (chunk as Buffer).length;
      onBytes(bytes);
      yield chunk as Buffer;
    }
  }
  return Readable.from(pass(), { objectMode: false });
}
