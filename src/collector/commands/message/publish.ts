import { existsSync, readFileSync } from 'node:fs';
import { Command } from 'commander';
import { OperatorError } from '../../errors.ts';
import { readDrafts } from '../../publish/drafts.ts';
import { parsePublicKey } from '../../publish/key-file.ts';
import { publishedPath } from '../../publish/published.ts';
import { replaceFile } from '../../publish/replace-file.ts';
import { openSigned } from '../../publish/sign.ts';
import { dataOption } from '../options.ts';
import { readInput } from './read-input.ts';

export function publishCommand(): Command {
  return new Command('publish')
    .description('hand a signed document to the server, which sends it from now on; the server may run')
    .argument('<file>', 'as `message sign` wrote it; - reads standard input')
    .addOption(dataOption())
    .option('--public-key <key>', 'refuse it unless this key has signed it')
    .action(run);
}

function run(file: string, { data, publicKey }: { data: string; publicKey?: string }): void {
  // Fails if there is no such directory.
  readDrafts(data);
  const text = readInput(file);
  const { signed, document } = openSigned(
    text,
    publicKey === undefined ? undefined : parsePublicKey(publicKey),
  );
  if (Date.parse(document.expiresAt) <= Date.now()) {
    throw new OperatorError(`Document ${document.serial} has expired, at ${document.expiresAt}.`);
  }
  const published = publishedPath(data);
  const before = existsSync(published) ? openSigned(readFileSync(published, 'utf8')).document.serial : 0;
  if (document.serial <= before) {
    throw new OperatorError(
      `Document ${document.serial} is not newer than document ${before}, which is published. Export and sign again.`,
    );
  }
  replaceFile(published, `${JSON.stringify(signed)}\n`);
  process.stdout.write(`published document ${document.serial}, until ${document.expiresAt}\n`);
}
