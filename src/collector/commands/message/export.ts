import { existsSync, readFileSync } from 'node:fs';
import { Command } from 'commander';
import { MESSAGES_FORMAT } from '../../../protocol/messages.ts';
import { readDrafts, writeDrafts } from '../../publish/drafts.ts';
import { publishedPath } from '../../publish/published.ts';
import { openSigned, type UnsignedDocument } from '../../publish/sign.ts';
import { dataOption } from '../options.ts';

export function exportCommand(): Command {
  return new Command('export')
    .description('write all prepared messages as a document to be signed, under a new serial number')
    .addOption(dataOption())
    .action(run);
}

function run({ data }: { data: string }): void {
  const drafts = readDrafts(data);
  // A number is used once, even if its document is never signed.
  const serial = Math.max(drafts.serial, publishedSerial(data)) + 1;
  writeDrafts(data, { ...drafts, serial });
  const document: UnsignedDocument = { format: MESSAGES_FORMAT, serial, messages: drafts.messages };
  process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
}

function publishedSerial(data: string): number {
  const file = publishedPath(data);
  return existsSync(file) ? openSigned(readFileSync(file, 'utf8')).document.serial : 0;
}
