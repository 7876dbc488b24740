import { Command, InvalidArgumentError, Option } from 'commander';
import { withUuids } from '../demo-data/event-uuid.ts';
import { DAYS, demoNotes, demoYear } from '../demo-data/year.ts';
import { OperatorError } from '../errors.ts';
import { writeNotes } from '../notes.ts';
import { openStore } from '../store/open-store.ts';
import { dataOption, parseTime } from './options.ts';
import { progress } from './progress.ts';

interface DemoDataOptions {
  data: string;
  seed: number;
  scale: number;
  now?: number;
  until?: number;
}

export function demoDataCommand(): Command {
  return new Command('demo-data')
    .description('fill an empty store with a plausible year of invented reports')
    .addOption(dataOption())
    .option('--seed <n>', 'the same seed gives the same year', parsePositive, 1)
    .option('--scale <factor>', '1 gives some 150,000 reports', parsePositive, 1)
    .option(
      '--now <time>',
      'the end of the year; the same time, seed and scale give the same export',
      parseTime,
    )
    .addOption(new Option('--until <time>', 'the same').argParser(parseTime).conflicts('now').hideHelp())
    .action(run);
}

function run({ data, seed, scale, now, until = now ?? Date.now() }: DemoDataOptions): void {
  const store = openStore(data);
  const bar = progress('inventing', DAYS);
  try {
    if (!store.isEmpty()) {
      throw new OperatorError(`${data} has events already; invented ones could never be told from them.`);
    }
    let days = 0;
    let events = 0;
    const withUuid = withUuids(`${seed} ${scale} ${until}`);
    for (const day of demoYear({ seed, scale, until })) {
      events += store.insert(day.map(withUuid)).stored;
      days += 1;
      bar.update(days);
    }
    store.catchUp();
    writeNotes(data, demoNotes(until));
    bar.stop();
    process.stdout.write(`stored ${events} invented events in ${data}\n`);
  } finally {
    bar.stop();
    store.close();
  }
}

function parsePositive(value: string): number {
  const number = Number(value);
  if (!(number > 0)) throw new InvalidArgumentError('Expected a positive number.');
  return number;
}
