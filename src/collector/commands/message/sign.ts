import { Command } from 'commander';
import { publicKeyText, readKeyFile } from '../../publish/key-file.ts';
import { parseUnsigned, signDocument } from '../../publish/sign.ts';
import { parseDays } from '../options.ts';
import { readInput } from './read-input.ts';

const NINETY_DAYS = 90 * 24 * 3600_000;

export function signCommand(): Command {
  return new Command('sign')
    .description('sign an exported document; needs neither the data directory nor a network')
    .argument('<file>', 'as `message export` wrote it; - reads standard input')
    .requiredOption('--key <file>', 'the private key, as keygen wrote it')
    .option('--valid <days>', 'for how long it may be shown, such as 90d', parseDays, NINETY_DAYS)
    .addHelpText('after', '\nRead what you sign: it is a short JSON file.')
    .action(run);
}

function run(file: string, { key: keyFile, valid }: { key: string; valid: number }): void {
  const key = readKeyFile(keyFile);
  const signed = signDocument(parseUnsigned(readInput(file)), key, Date.now(), valid);
  process.stdout.write(`${JSON.stringify(signed)}\n`);
  process.stderr.write(`wasp-collector: signed for front ends that trust ${publicKeyText(key)}\n`);
}
