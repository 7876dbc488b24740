/** What may be found where the choice is kept, for test/e2e/choice.test.ts and the table in docs/telemetry.md. */
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Variables } from './run-wasp.ts';

export interface ChoiceCase {
  readonly what: string;
  /** @param home the home, @param file where the choice is kept */
  readonly make?: (home: string, file: string) => void;
  readonly env?: Variables;
  /** What a shell sets before, since a string of ours can't hold the bytes. */
  readonly inShell?: string;
  /** Only root can set it up, for another user. */
  readonly ofAnotherUser?: true;
  readonly sent: boolean;
  /** What the status says behind "Telemetry", with `~` for the home. */
  readonly status: string;
}

/** The user of {@link ChoiceCase.ofAnotherUser}: the one that owns nothing on any system. */
export const ANOTHER_USER = 65534;

const FILE = '~/.config/wasp/telemetry.json';
const NO_HOME =
  "HOME is not an absolute path in UTF-8, so it can't be told where your choice is kept. To mend it: " +
  'set HOME, or XDG_CONFIG_HOME, to an absolute path';

function on(what: string, more: Partial<ChoiceCase> = {}): ChoiceCase {
  return { what, sent: true, status: 'on: nothing turns it off', ...more };
}

function off(what: string, more: Partial<ChoiceCase> = {}): ChoiceCase {
  return { what, sent: false, status: 'off: you turned it off with: wasp telemetry disable', ...more };
}

/** Off because of what is there. */
function unreadable(
  what: string,
  why: string,
  { mend = 'wasp telemetry enable, or disable', ...more }: Partial<ChoiceCase> & { mend?: string },
): ChoiceCase {
  const said = why === NO_HOME ? why : `${why}. To mend it: ${mend}`;
  return off(what, {
    status: `off: your choice can't be read, which is never taken for a yes: ${said}`,
    ...more,
  });
}

/** Sets something up in the folder of the choice, which is there. */
function inFolder(make: (file: string, home: string) => void): { make: NonNullable<ChoiceCase['make']> } {
  return {
    make(home, file) {
      mkdirSync(dirname(file), { recursive: true });
      make(file, home);
    },
  };
}

const holding = (content: string) => inFolder((file) => writeFileSync(file, content));
const linkedTo = (target: string) => inFolder((file) => symlinkSync(target, file));
const isFile = (name: string) => ({
  make(home: string) {
    mkdirSync(dirname(join(home, name)), { recursive: true });
    writeFileSync(join(home, name), '');
  },
});
const isLink = (name: string, target: string) => ({
  make: (home: string) => symlinkSync(target, join(home, name)),
});

export const CHOICE_CASES: readonly ChoiceCase[] = [
  on('no file, no directory'),
  on('`{"enabled":true}`', holding('{"enabled":true}')),
  off('`{"enabled":false}`', holding('{"enabled":false}')),
  off(
    'a link to a file with `{"enabled":false}`',
    inFolder((file, home) => {
      writeFileSync(join(home, 'my-choice'), '{"enabled":false}');
      symlinkSync('../../my-choice', file);
    }),
  ),
  unreadable('an empty file', `${FILE} is not valid JSON`, holding('')),
  unreadable('half a file', `${FILE} is not valid JSON`, holding('{"enabl')),
  unreadable(
    '`{"enabled":"no"}`',
    `${FILE} holds something else than {"enabled": true} or {"enabled": false}`,
    holding('{"enabled":"no"}'),
  ),
  unreadable(
    '`{"enabled":false,"enabled":true}`',
    `${FILE} holds something else than {"enabled": true} or {"enabled": false}`,
    holding('{"enabled":false,"enabled":true}'),
  ),
  unreadable('a gigabyte', `${FILE} is larger than the 65536 bytes that it can have`, {
    ...inFolder((file) => execFileSync('truncate', ['-s', '1G', file])),
  }),
  unreadable('a directory', `${FILE} is a directory, not a file`, {
    ...inFolder((file) => mkdirSync(file)),
    mend: `mv ${FILE} ${FILE}.old`,
  }),
  unreadable('a named pipe', `${FILE} is a named pipe, not a file`, {
    ...inFolder((file) => execFileSync('mkfifo', [file])),
  }),
  unreadable('a device', `${FILE} is a device, not a file`, linkedTo('/dev/zero')),
  unreadable('a link to nowhere', `${FILE} is a link to nowhere`, linkedTo('nowhere')),
  unreadable('a link to itself', `${FILE} is a link to itself`, linkedTo('telemetry.json')),
  unreadable('a file of root’s', `${FILE} belongs to root, and you may not read it`, {
    make(_, file) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, '{"enabled":true}', { mode: 0 });
      giveTo(ANOTHER_USER, dirname(dirname(file)), dirname(file));
    },
    ofAnotherUser: true,
  }),
  unreadable('`.config/wasp` is a file', '~/.config/wasp is a file, not a directory', {
    ...isFile('.config/wasp'),
    mend: 'mv ~/.config/wasp ~/.config/wasp.old',
  }),
  unreadable('`.config` is a file', '~/.config is a file, not a directory', {
    ...isFile('.config'),
    mend: 'mv ~/.config ~/.config.old',
  }),
  unreadable('`.config` is a link to nowhere', '~/.config is a link to nowhere', {
    ...isLink('.config', 'nowhere'),
    mend: 'rm ~/.config',
  }),
  unreadable('`.config` is a link to itself', '~/.config is a link to itself', {
    ...isLink('.config', '.config'),
    mend: 'rm ~/.config',
  }),
  unreadable(
    '`.config` belongs to root, and is closed to you',
    '~/.config belongs to root, and you may not look into it',
    {
      make: (_, file) => mkdirSync(dirname(file), { recursive: true, mode: 0o700 }),
      ofAnotherUser: true,
      mend: 'sudo chown -R "$(id -un)" ~/.config',
    },
  ),
  unreadable('`.config/wasp` is yours, but closed', 'you may not look into ~/.config/wasp', {
    make(_, file) {
      mkdirSync(dirname(file), { recursive: true });
      giveTo(ANOTHER_USER, dirname(dirname(file)), dirname(file));
      chmodSync(dirname(file), 0);
    },
    ofAnotherUser: true,
    mend: 'chmod u+rwx ~/.config/wasp',
  }),
  on('`XDG_CONFIG_HOME` is relative, and so ignored', { env: { XDG_CONFIG_HOME: 'config' } }),
  off('`XDG_CONFIG_HOME` is relative, and `~/.config` says off', {
    ...holding('{"enabled":false}'),
    env: { XDG_CONFIG_HOME: 'config' },
  }),
  unreadable('`HOME` is not set', NO_HOME, { env: { HOME: undefined } }),
  unreadable('`HOME` is empty', NO_HOME, { env: { HOME: '' } }),
  unreadable('`HOME` is relative', NO_HOME, { env: { HOME: 'home' } }),
  unreadable('`HOME` has bytes that are not UTF-8, and `~/.config` there says off', NO_HOME, {
    make(home) {
      const config = Buffer.from(`${home}/caf\xe9/.config/wasp`, 'latin1');
      mkdirSync(config, { recursive: true });
      writeFileSync(Buffer.concat([config, Buffer.from('/telemetry.json')]), '{"enabled":false}');
    },
    inShell: 'HOME="$(echo "$HOME"/caf*)"',
  }),
  unreadable('`HOME` is `/dev/null`', '/dev/null is a device, not a directory', {
    env: { HOME: '/dev/null' },
    mend: 'set HOME, and XDG_CONFIG_HOME and XDG_CACHE_HOME if they are set, to folders of your own',
  }),
];

function giveTo(user: number, ...places: string[]): void {
  for (const place of places) chownSync(place, user, user);
}
