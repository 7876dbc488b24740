import { Command } from 'commander';
import { OperatorError } from '../errors.ts';
import { makeKeyFile } from '../publish/key-file.ts';
import { passphraseOption, readPassphrase } from './passphrase.ts';

export function keygenCommand(): Command {
  return new Command('keygen')
    .description('make a key for signing messages; prints the public key that front ends need')
    .argument('<file>', 'where the private key goes: not in the data directory, best on another machine')
    .option('--encrypt', 'ask for a passphrase, and encrypt the file with it', false)
    .addOption(passphraseOption())
    .addHelpText(
      'after',
      '\nFront ends trust it if they were built with WASP_MESSAGES_PUBLIC_KEYS="<public key> …", or run with\n' +
        'WASP_MESSAGES_PUBLIC_KEY="<public key> …". Those who have the private key speak to all of them.',
    )
    .action(run);
}

async function run(
  file: string,
  { encrypt, passphraseFd }: { encrypt: boolean; passphraseFd?: number },
): Promise<void> {
  const passphrase =
    encrypt || passphraseFd !== undefined ? await newPassphrase(file, passphraseFd) : undefined;
  process.stdout.write(`${makeKeyFile(file, passphrase)}\n`);
}

/** What is typed unseen is typed twice. */
async function newPassphrase(file: string, fd: number | undefined): Promise<string> {
  const passphrase = await readPassphrase(fd, `New passphrase of ${file}`);
  if (fd === undefined && (await readPassphrase(fd, 'Once more')) !== passphrase) {
    throw new OperatorError('The two passphrases are not the same.');
  }
  return passphrase;
}
