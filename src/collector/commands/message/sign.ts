import { Command } from 'commander';
import { readSigned } from '../../../protocol/read-messages.ts';
import { OperatorError } from '../../errors.ts';
import { issue, openSigned, parseUnsigned, signBytes } from '../../publish/document.ts';
import { publicKeyText, readKeyFile } from '../../publish/key-file.ts';
import { signersAmong } from '../../publish/public-keys.ts';
import { parseDays } from '../options.ts';
import { passphraseOption, readPassphrase } from '../passphrase.ts';
import { NINETY_DAYS } from './options.ts';
import { readInput } from './read-input.ts';

interface SignOptions {
  key: string;
  valid?: number;
  passphraseFd?: number;
}

export function signCommand(): Command {
  return new Command('sign')
    .description('sign an exported document; needs neither the data directory nor a network')
    .argument('<file>', 'as `message export` wrote it, or as signed with another key; - reads standard input')
    .requiredOption('--key <file>', 'the private key, as keygen wrote it')
    .option('--valid <days>', 'for how long it may be shown, such as 30d (default: 90d)', parseDays)
    .addOption(passphraseOption())
    .addHelpText(
      'after',
      '\nRead what you sign: it is a short JSON file. What another key has signed gets one more signature, over the same\n' +
        'bytes: while one key takes over from another, sign with the old one first.',
    )
    .action(run);
}

async function run(file: string, { key: keyFile, valid, passphraseFd }: SignOptions): Promise<void> {
  if (file === '-' && passphraseFd === 0) {
    throw new OperatorError('Standard input can’t be both the document and the passphrase.');
  }
  const text = readInput(file).toString();
  const key = await readKeyFile(keyFile, () => readPassphrase(passphraseFd, `Passphrase of ${keyFile}`));
  const publicKey = publicKeyText(key);
  const before = readSigned(text) && !isUnsigned(text) ? openSigned(text) : undefined;
  if (before && valid !== undefined) {
    throw new OperatorError('It is signed already, for as long as it says there: --valid would change it.');
  }
  if (before && signersAmong([publicKey], before.bytes, before.signatures).length > 0) {
    throw new OperatorError('This key has signed it already.');
  }
  const bytes =
    before?.bytes ??
    Buffer.from(JSON.stringify(issue(parseUnsigned(text), Date.now(), valid ?? NINETY_DAYS)));
  process.stdout.write(`${JSON.stringify(signBytes(bytes, key, before?.signatures))}\n`);
  process.stderr.write(`wasp-collector: signed for front ends that trust ${publicKey}\n`);
}

/** An exported document has messages too, but as a list. */
function isUnsigned(text: string): boolean {
  return Array.isArray(JSON.parse(text).messages);
}
