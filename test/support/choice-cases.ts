/** What may be found where the choice is kept, for test/e2e/choice.test.ts and the table in docs/telemetry.md. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Variables } from './run-wasp.ts';

export interface ChoiceCase {
  readonly what: string;
  /** @param home the home, @param file where the choice is kept */
  readonly make?: (home: string, file: string) => void;
  readonly env?: Variables;
  readonly sent: boolean;
  /** A part of what the status says behind "Telemetry". */
  readonly status: string;
}

const on = (what: string, make?: ChoiceCase['make'], env?: Variables): ChoiceCase => ({
  what,
  ...(make && { make }),
  ...(env && { env }),
  sent: true,
  status: 'on: nothing turns it off',
});
const off = (what: string, status: string, make?: ChoiceCase['make'], env?: Variables): ChoiceCase => ({
  what,
  ...(make && { make }),
  ...(env && { env }),
  sent: false,
  status: `off: ${status}`,
});

function holding(content: string): ChoiceCase['make'] {
  return (_, file) => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  };
}

function inFolder(make: (file: string) => void): ChoiceCase['make'] {
  return (_, file) => {
    mkdirSync(dirname(file), { recursive: true });
    make(file);
  };
}

const UNREADABLE = "your choice can't be read, which is never taken for a yes";
const CHOSEN_OFF = '{"enabled":false}';

export const CHOICE_CASES: readonly ChoiceCase[] = [
  on('no file, no directory'),
  on('`{"enabled":true}`', holding('{"enabled":true}')),
  off('`{"enabled":false}`', 'you turned it off', holding(CHOSEN_OFF)),
  off('an empty file', UNREADABLE, holding('')),
  off('half a file', UNREADABLE, holding('{"enabl')),
  off('`{"enabled":"no"}`', UNREADABLE, holding('{"enabled":"no"}')),
  off(
    'a directory',
    UNREADABLE,
    inFolder((file) => mkdirSync(file)),
  ),
  off(
    'a named pipe',
    UNREADABLE,
    inFolder((file) => execFileSync('mkfifo', [file])),
  ),
  off(
    'a device',
    UNREADABLE,
    inFolder((file) => symlinkSync('/dev/zero', file)),
  ),
  off(
    'a gigabyte',
    UNREADABLE,
    inFolder((file) => execFileSync('truncate', ['-s', '1G', file])),
  ),
  off(
    'a link to nowhere',
    UNREADABLE,
    inFolder((file) => symlinkSync('nowhere', file)),
  ),
  off(
    'a link to itself',
    UNREADABLE,
    inFolder((file) => symlinkSync(file, file)),
  ),
  off('`.config/wasp` is a file', UNREADABLE, (home) => {
    mkdirSync(join(home, '.config'));
    writeFileSync(join(home, '.config', 'wasp'), '');
  }),
  off('`.config` is a file', UNREADABLE, (home) => writeFileSync(join(home, '.config'), '')),
  off('`.config` is a link to nowhere', UNREADABLE, (home) => symlinkSync('nowhere', join(home, '.config'))),
  on('`XDG_CONFIG_HOME` is relative: ignored', undefined, { XDG_CONFIG_HOME: 'config' }),
  off('`XDG_CONFIG_HOME` is relative, off in `~/.config`', 'you turned it off', holding(CHOSEN_OFF), {
    XDG_CONFIG_HOME: 'config',
  }),
  off('`HOME` is not set', UNREADABLE, undefined, { HOME: undefined }),
  off('`HOME` is empty', UNREADABLE, undefined, { HOME: '' }),
  off('`HOME` is relative', UNREADABLE, undefined, { HOME: 'home' }),
];
