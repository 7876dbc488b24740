import { Command } from 'commander';
import { addCommand } from './message/add.ts';
import { exportCommand } from './message/export.ts';
import { listCommand } from './message/list.ts';
import { previewCommand } from './message/preview.ts';
import { publishCommand } from './message/publish.ts';
import { signCommand } from './message/sign.ts';
import { withdrawCommand } from './message/withdraw.ts';

export function messageCommand(): Command {
  return new Command('message')
    .description('say something to everyone who uses Wasp; nothing is said before it is signed and published')
    .addCommand(addCommand())
    .addCommand(previewCommand())
    .addCommand(listCommand())
    .addCommand(withdrawCommand())
    .addCommand(exportCommand())
    .addCommand(signCommand())
    .addCommand(publishCommand())
    .addHelpText(
      'after',
      '\nFrom a thought to a terminal:\n' +
        '  wasp-collector message add --new-version 0.26.0 --data DIR\n' +
        '  wasp-collector message preview --data DIR\n' +
        '  wasp-collector message export --data DIR > unsigned.json\n' +
        '  wasp-collector message sign unsigned.json --key KEY > signed.json     (where the key is: offline)\n' +
        '  wasp-collector message publish signed.json --data DIR --public-key <key>',
    );
}
