import { readCommand } from '../../../src/front-end/commands/read-command.ts';
import { WASP_COMMANDS } from '../../../src/front-end/commands/wasp-commands.ts';
import { fakeHost } from '../../support/fake-host.ts';

async function read(...argv: string[]) {
  const host = fakeHost({ argv, columns: () => undefined });
  const invocation = await readCommand(host);
  return { ...invocation, exitCode: host.exitCode, written: host.written };
}

const toWasp = { kind: 'wasp', exitCode: undefined, written: '' };

test.each(
  [
    ...WASP_COMMANDS.filter(({ unattended }) => !unattended).map(({ name }) => [name]),
    ...WASP_COMMANDS.flatMap(({ name, commands = [] }) => commands.map((own) => [name, own.name])),
    ['nonsense'],
    ['nonsense', '--help'],
    ['nonsense', '--version'],
    ['build', '--help'],
    ['build', '-h'],
    ['db', 'help'],
    ['db', '--version'],
    ['db', 'nonsense', '--unknown=1', '--', 'x'],
    ['deploy', '--', '--help'],
    ['--'],
    ['--', '--help'],
    ['--', 'telemetry'],
    ['--unknown'],
    ['-v'],
    ['-hV'],
    ['--help=1'],
    [''],
    ['', '--help'],
    [' telemetry'],
    ['Help'],
  ].map((argv) => [argv]),
)('%j goes to the real Wasp unread', async (argv) => {
  expect(await read(...argv)).toEqual({ ...toWasp, reportable: true });
});

test.each([['--help'], ['-h'], ['help']])('%s prints every command and exits with 0', async (argument) => {
  const { kind, exitCode, written } = await read(argument);
  expect([kind, exitCode]).toEqual(['answered', 0]);
  expect(written).toMatch(/^1: Usage: wasp /);
  for (const { name, unattended } of WASP_COMMANDS) {
    const line = new RegExp(`^ +${name}( |$)`, 'm');
    if (unattended) expect(written).not.toMatch(line);
    else expect(written).toMatch(line);
  }
  expect(written).toMatch(/^ +telemetry /m);
});

test('no argument at all prints the same, and exits with 1 as the real Wasp does', async () => {
  const { kind, exitCode, written } = await read();
  expect([kind, exitCode]).toEqual(['answered', 1]);
  expect(written).toBe((await read('--help')).written);
});

test.each([[['telemetry', '--\u001b[31m']], [['messages', '--\u009b31m']]])(
  'control characters of %j do nothing to a terminal',
  async (argv) => {
    const { written, exitCode } = await read(...argv);
    expect(exitCode).toBe(1);
    expect(written).toMatch(/^2: error: unknown option '--\\u00/);
    expect(written).not.toMatch(/[^\P{Cc}\n]/u);
  },
);
