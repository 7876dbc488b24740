import { Command, Option } from 'commander';
import { dropOld } from './drop-old.ts';
import { openExistingStore } from './existing-store.ts';
import { dataOption, parseDays } from './options.ts';
import { yieldToReceiving } from './priority.ts';
import { progress } from './progress.ts';

interface RollupOptions {
  data: string;
  rebuild: boolean;
  keepRaw?: number;
  upTo?: number;
}

export function rollupCommand(): Command {
  return new Command('rollup')
    .description('bring the rollups up to date, which a report does too; the server may run')
    .addOption(dataOption())
    .option('--rebuild', 'read all raw events again; what retention has dropped is kept', false)
    .addOption(new Option('--keep-raw <days>', 'for serve').argParser(parseDays).hideHelp())
    .addOption(new Option('--up-to <number>', 'for serve').argParser(Number).hideHelp())
    .action(run);
}

async function run({ data, rebuild, keepRaw, upTo }: RollupOptions): Promise<void> {
  yieldToReceiving();
  const store = openExistingStore(data);
  let bar: ReturnType<typeof progress> | undefined;
  try {
    const onProgress = (done: number, total: number) => {
      bar ??= progress('reading events', total);
      bar.update(done);
    };
    const newest = rebuild ? store.rebuild(onProgress) : store.catchUp(onProgress);
    bar?.stop();
    process.stdout.write(`the rollups hold all events up to number ${newest}\n`);
    if (keepRaw !== undefined) {
      process.stdout.write(`${await dropOld(store, keepRaw, upTo)}\n`);
    }
  } finally {
    bar?.stop();
    store.close();
  }
}
