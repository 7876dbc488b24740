import { Command } from 'commander';
import { OperatorError } from '../../errors.ts';
import { readDrafts, withoutMessages, writeDrafts } from '../../publish/drafts.ts';
import { dataOption } from '../options.ts';
import { whileLocked } from '../while-locked.ts';
import { dataOfMessages } from './data.ts';

export function withdrawCommand(): Command {
  return new Command('withdraw')
    .description('take a message back; it ends with the next document that is signed and published')
    .argument('<id>')
    .addOption(dataOption())
    .action(run);
}

function run(id: string, { data }: { data: string }): void {
  dataOfMessages(data);
  whileLocked(data, 'messages', () => {
    const drafts = readDrafts(data);
    if (!drafts.messages.some((message) => message.id === id)) {
      throw new OperatorError(`There is no message ${JSON.stringify(id)}. See: wasp-collector message list`);
    }
    writeDrafts(data, withoutMessages(drafts, [id], Date.now()));
  });
  process.stdout.write(`withdrew ${id}; export, sign and publish to make it known\n`);
}
