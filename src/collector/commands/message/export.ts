import { Command, InvalidArgumentError } from 'commander';
import type { MessageDocument } from '../../../protocol/messages.ts';
import { LIMITS } from '../../../protocol/messages.ts';
import { OperatorError } from '../../errors.ts';
import { issue, publishedDocument } from '../../publish/document.ts';
import { checkedMessage, type Drafts, exportedAs, readDrafts, writeDrafts } from '../../publish/drafts.ts';
import { trustedKeys } from '../../publish/public-keys.ts';
import { dataOption, parseDays } from '../options.ts';
import { whileLocked } from '../while-locked.ts';
import { dataOfMessages } from './data.ts';
import { NINETY_DAYS, publicKeyOption } from './options.ts';

/** In milliseconds. */
const AN_HOUR = 60 * 60 * 1000;

interface ExportOptions {
  data: string;
  serial?: number;
  valid: number;
  publicKey?: string;
}

export function exportCommand(): Command {
  return new Command('export')
    .description('write all prepared messages as a document to be signed, under a new serial number')
    .addOption(dataOption())
    .option(
      '--serial <n>',
      'this number instead of one made from the clock; it must be above all before',
      parseSerial,
    )
    .option(
      '--valid <days>',
      'for how long it may be shown, if these very bytes are signed',
      parseDays,
      NINETY_DAYS,
    )
    .addOption(publicKeyOption())
    .addHelpText(
      'after',
      '\n`message sign` issues it anew, at the time of signing. Where something else signs, a hardware token or another\n' +
        'program, let it make an Ed25519 signature over exactly these bytes, and publish them with `message publish --signature`.',
    )
    .action(run);
}

function run({ data, serial: chosen, valid, publicKey }: ExportOptions): void {
  dataOfMessages(data);
  const keys = trustedKeys(data, publicKey);
  const document = whileLocked(data, 'messages', (): MessageDocument => {
    const drafts = readDrafts(data);
    const serial = chooseSerial(lastSerial(data, drafts, keys, publicKey !== undefined), chosen);
    const messages = drafts.messages.map(checkedMessage);
    const exported = issue({ serial, messages, withdrawn: withdrawnIds(drafts) }, Date.now(), valid);
    // A number is used once, even if its document is never signed.
    writeDrafts(data, exportedAs(drafts, serial));
    return exported;
  });
  process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
  if (document.serial - Date.parse(document.issuedAt) <= AN_HOUR) return;
  // Made from the clock, unless that showed less than the number before.
  const note =
    chosen === undefined
      ? 'the clock is behind the last serial number. If these data were restored from a backup, numbers that it doesn’t know may have been given since: put the clock right, or name a higher one by --serial.'
      : `${chosen} is ahead of the clock. Once front ends have a document with it, they refuse whatever this key signs under a lower number: those of all exports from now on will be above it.`;
  process.stderr.write(`wasp-collector: ${note}\n`);
}

/**
 * The highest number that is known to have been given to these keys.
 * @param areNamed a new key, named because no number was left for the one before, begins anew
 */
function lastSerial(data: string, drafts: Drafts, keys: readonly string[], areNamed: boolean): number {
  const exported = areNamed && drafts.serial === Number.MAX_SAFE_INTEGER ? 0 : drafts.serial;
  return Math.max(exported, publishedDocument(data, keys)?.document.serial ?? 0);
}

/** From the clock, so that a restored directory, which forgets the latest numbers, doesn't give them once more; and above the last. */
function chooseSerial(last: number, chosen: number | undefined): number {
  if (chosen !== undefined && chosen <= last) {
    throw new OperatorError(`Serial number ${chosen} is not above ${last}, which was given before.`);
  }
  const serial = chosen ?? Math.max(last + 1, Date.now());
  if (Number.isSafeInteger(serial)) return serial;
  throw new OperatorError(
    `No serial number is left above ${last}. Front ends count those of each key apart: take a new one, and name it by --public-key.`,
  );
}

/** The latest ones that are not there again. */
function withdrawnIds({ withdrawn, messages }: Drafts): string[] {
  return withdrawn
    .map(({ id }) => id)
    .filter((id) => !messages.some((message) => message.id === id))
    .slice(-LIMITS.withdrawn);
}

function parseSerial(text: string): number {
  const serial = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(serial) || serial === 0) {
    throw new InvalidArgumentError('Expected a whole number above 0.');
  }
  return serial;
}
