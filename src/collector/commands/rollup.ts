import { Command } from 'commander';
import { yieldToReceiving } from '../priority.ts';
import { progress } from '../progress.ts';
import { openExistingStore } from './existing-store.ts';
import { dataOption } from './options.ts';

interface RollupOptions {
  data: string;
  rebuild: boolean;
}

export function rollupCommand(): Command {
  return new Command('rollup')
    .description('bring the rollups up to date, which a report does too; the server may run')
    .addOption(dataOption())
    .option('--rebuild', 'read all raw events again; what retention has dropped is kept', false)
    .action(run);
}

function run({ data, rebuild }: RollupOptions): void {
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
  } finally {
    bar?.stop();
    store.close();
  }
}
