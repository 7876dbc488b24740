import { Command } from 'commander';
import { makeKeyFile } from '../publish/key-file.ts';

export function keygenCommand(): Command {
  return new Command('keygen')
    .description('make a key for signing messages; prints the public key that front ends need')
    .argument('<file>', 'where the private key goes: not in the data directory, best on another machine')
    .addHelpText(
      'after',
      '\nFront ends trust it if they were built with WASP_MESSAGES_PUBLIC_KEYS="<public key> …", or run with\n' +
        'WASP_MESSAGES_PUBLIC_KEY=<public key>. Whoever has the private key speaks to all of them.',
    )
    .action((file: string) => void process.stdout.write(`${makeKeyFile(file)}\n`));
}
