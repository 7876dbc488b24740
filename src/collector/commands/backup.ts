import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { OperatorError } from '../errors.ts';
import { openExistingStore } from './existing-store.ts';
import { dataOption } from './options.ts';

export function backupCommand(): Command {
  return new Command('backup')
    .description('write a consistent, checked copy of all that the data directory holds; the server may run')
    .argument('<file>', 'where the copy goes; it must not exist yet')
    .addOption(dataOption())
    .addHelpText(
      'after',
      '\nTo restore: stop the server, put the copy at DIR/collector.db, remove collector.db-wal and -shm. Messages, notes,\n' +
        'the token of the page and the like lie in the copy too, and are put beside it when it is opened, where they are missing.',
    )
    .action(run);
}

function run(file: string, { data }: { data: string }): void {
  if (file === '') throw new OperatorError('Name the file where the copy goes.');
  if (existsSync(file)) throw new OperatorError(`${file} exists already; a backup never overwrites one.`);
  const store = openExistingStore(data);
  try {
    store.backup(file);
    process.stdout.write(`${file} is complete\n`);
  } finally {
    store.close();
  }
}
