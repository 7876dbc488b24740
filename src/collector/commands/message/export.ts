import { existsSync, readFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { MESSAGES_FORMAT } from '../../../protocol/messages.ts';
import { OperatorError } from '../../errors.ts';
import { checkedMessage, readDrafts, writeDrafts } from '../../publish/drafts.ts';
import { whileLocked } from '../../publish/lock.ts';
import { publishedPath } from '../../publish/published.ts';
import { openSigned, type UnsignedDocument } from '../../publish/sign.ts';
import { dataOption } from '../options.ts';

export function exportCommand(): Command {
  return new Command('export')
    .description('write all prepared messages as a document to be signed, under a new serial number')
    .addOption(dataOption())
    .option(
      '--serial <n>',
      'this number instead of one made from the clock; it must be above all before',
      parseSerial,
    )
    .action(run);
}

function run({ data, serial: chosen }: { data: string; serial?: number }): void {
  readDrafts(data);
  const document = whileLocked(data, (): UnsignedDocument => {
    const drafts = readDrafts(data);
    const last = Math.max(drafts.serial, publishedSerial(data));
    if (chosen !== undefined && chosen <= last) {
      throw new OperatorError(`Serial number ${chosen} is not above ${last}, which was given before.`);
    }
    // From the clock, so that a restored directory, which forgets the latest numbers, doesn't give them once more.
    const serial = chosen ?? Math.max(last + 1, Date.now());
    // A number is used once, even if its document is never signed.
    writeDrafts(data, { ...drafts, serial });
    return { format: MESSAGES_FORMAT, serial, messages: drafts.messages.map(checkedMessage) };
  });
  process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
}

function parseSerial(text: string): number {
  const serial = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(serial) || serial === 0) {
    throw new InvalidArgumentError('Expected a whole number above 0.');
  }
  return serial;
}

function publishedSerial(data: string): number {
  const file = publishedPath(data);
  return existsSync(file) ? openSigned(readFileSync(file, 'utf8')).document.serial : 0;
}
