import { Command } from 'commander';
import { OperatorError } from '../../errors.ts';
import { readDrafts, writeDrafts } from '../../publish/drafts.ts';
import { dataOption } from '../options.ts';

export function withdrawCommand(): Command {
  return new Command('withdraw')
    .description('take a message back; it ends with the next document that is signed and published')
    .argument('<id>')
    .addOption(dataOption())
    .action(run);
}

function run(id: string, { data }: { data: string }): void {
  const drafts = readDrafts(data);
  const messages = drafts.messages.filter((message) => message.id !== id);
  if (messages.length === drafts.messages.length) {
    throw new OperatorError(`There is no message ${JSON.stringify(id)}. See: wasp-collector message list`);
  }
  writeDrafts(data, { ...drafts, messages });
  process.stdout.write(`withdrew ${id}; export, sign and publish to make it known\n`);
}
