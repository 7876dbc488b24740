import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { OperatorError } from '../../errors.ts';
import { openBytes, openSigned, type SignedDocument } from '../../publish/document.ts';
import { keepKeys, trustedKeys } from '../../publish/public-keys.ts';
import { checkPublishable } from '../../publish/publishable.ts';
import { replacePublished } from '../../publish/published.ts';
import { validityWarning } from '../../publish/validity.ts';
import { dataOption } from '../options.ts';
import { whileLocked } from '../while-locked.ts';
import { dataOfMessages } from './data.ts';
import { publicKeyOption } from './options.ts';
import { readInput } from './read-input.ts';

interface PublishOptions {
  data: string;
  publicKey?: string;
  signature?: string[];
}

export function publishCommand(): Command {
  return new Command('publish')
    .description('hand a signed document to the server, which sends it from now on; the server may run')
    .argument(
      '<file>',
      'as `message sign` wrote it; with --signature, as `message export` did; - reads standard input',
    )
    .addOption(dataOption())
    .addOption(publicKeyOption())
    .option(
      '--signature <signature>',
      'an Ed25519 signature over exactly the bytes of <file>: base64, or a file with it or its 64 bytes; may be given again',
      (one: string, others: string[] = []) => [...others, one],
    )
    .addHelpText(
      'after',
      '\nIt refuses what front ends would refuse. What --public-key names is kept for the next time.',
    )
    .action(run);
}

function run(file: string, { data, publicKey, signature }: PublishOptions): void {
  dataOfMessages(data);
  const input = readInput(file);
  const signed = signature ? openBytes(input, signature.map(readSignature)) : openSigned(input.toString());
  const keys = trustedKeys(data, publicKey);
  const missing = whileLocked(data, 'messages', () => publish(data, signed, keys, publicKey !== undefined));
  const { serial, expiresAt } = signed.document;
  process.stdout.write(`published document ${serial}, until ${expiresAt}\n`);
  const notes = [
    keys.length === 0 &&
      'its signature was not looked at: name the public key once, by --public-key, and what front ends would refuse is refused here',
    missing.length > 0 &&
      `front ends that trust none but ${missing.join(' or ')} will not take it: that key has not signed it`,
    validityWarning(signed.document, Date.now()),
  ];
  for (const note of notes) if (note) process.stderr.write(`wasp-collector: ${note}\n`);
}

function publish(data: string, signed: SignedDocument, keys: readonly string[], areNamed: boolean): string[] {
  const missing = checkPublishable(data, signed, keys, Date.now());
  // First: a command that says that it failed must not have published.
  if (areNamed) keepKeys(data, keys);
  replacePublished(data, signed);
  return missing;
}

/** Base64, or a file that holds it or its bytes. */
function readSignature(text: string): Uint8Array {
  const bytes = existsSync(text) ? readSignatureFile(text) : Buffer.from(text, 'base64');
  if (bytes.length !== 64)
    throw new OperatorError(`${text} is no Ed25519 signature: it does not have 64 bytes.`);
  return bytes;
}

function readSignatureFile(file: string): Uint8Array {
  const content = readInput(file);
  return content.length === 64 ? content : Buffer.from(content.toString().trim(), 'base64');
}
