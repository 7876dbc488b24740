import { Command } from 'commander';
import { messageText, signatureText } from '../../../protocol/message-text.ts';
import { OperatorError } from '../../errors.ts';
import { checkedMessage, readDrafts } from '../../publish/drafts.ts';
import { terminalRows } from '../../publish/terminal-rows.ts';
import { dataOption } from '../options.ts';
import { dataOfMessages } from './data.ts';

/** In columns: what most terminals have, and what a narrow one has. */
const WIDTHS = [80, 40];

export function previewCommand(): Command {
  return new Command('preview')
    .description('show messages as terminals of 80 and 40 columns will')
    .argument('[id]', 'only this one')
    .addOption(dataOption())
    .action(run);
}

function run(id: string | undefined, { data }: { data: string }): void {
  dataOfMessages(data);
  const all = readDrafts(data).messages.map(checkedMessage);
  const messages = id === undefined ? all : all.filter((message) => message.id === id);
  if (messages.length === 0) {
    throw new OperatorError(
      id === undefined
        ? 'There are no messages. See: wasp-collector message add --help'
        : `There is no message ${JSON.stringify(id)}. See: wasp-collector message list`,
    );
  }
  const coloured = process.stdout.isTTY === true && !process.env.NO_COLOR;
  for (const message of messages) {
    for (const width of WIDTHS) {
      const ruler = `── ${message.id}, ${width} columns `.padEnd(width, '─');
      const text = messageText({ width, coloured }, message) + signatureText({ width }, 0);
      process.stdout.write(`${ruler}\n${terminalRows(text, width)}`);
    }
  }
}
