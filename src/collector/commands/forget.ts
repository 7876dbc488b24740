import { Command } from 'commander';
import { OperatorError } from '../errors.ts';
import { openExistingStore } from './existing-store.ts';
import { dataOption } from './options.ts';
import { progressOfRollups } from './progress-of-rollups.ts';

export function forgetCommand(): Command {
  return new Command('forget')
    .description('remove everything about one person; the server may run')
    .argument('<distinct_id>', 'as `wasp telemetry` shows it to that person')
    .addOption(dataOption())
    .addHelpText('after', '\nBackups and exports made earlier still hold the person: remove those yourself.')
    .action(run);
}

function run(distinctId: string, { data }: { data: string }): void {
  const store = openExistingStore(data);
  const bar = progressOfRollups();
  try {
    const forgotten = store.forget(distinctId);
    if (!forgotten)
      throw new OperatorError(`Nobody with the distinct_id ${JSON.stringify(distinctId)} is stored.`);
    // Until then the rollups would still count somebody who has no name any more.
    store.catchUp(bar.update);
    bar.stop();
    process.stdout.write(`removed ${forgotten.events} events and ${forgotten.projects} projects\n`);
  } finally {
    bar.stop();
    store.close();
  }
}
