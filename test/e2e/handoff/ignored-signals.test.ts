/** Node sets all signals back when it starts. What can be known of those that were ignored is restored. */
import { spawnSync } from 'node:child_process';
import { Home } from '../../support/home.ts';
import { makeProgram } from '../../support/programs.ts';
import { DIST_WASP, runWasp } from '../../support/run-wasp.ts';
import { runInTerminal } from '../../support/terminal.ts';

const home = new Home();
/** Tells what it ignores, as a mask. */
const tells = makeProgram('#!/bin/sh\nexec grep SigIgn /proc/self/status\n');
const env = {
  WASP_TELEMETRY_URL: 'http://127.0.0.1:9/',
  WASP_TELEMETRY_DISABLE: '1',
  WASP_BIN: tells,
};

/** @param command a command line of /bin/sh in which X stands for the program */
async function ignored(command: string, program: string): Promise<string | undefined> {
  const line = command.replaceAll('X', program);
  const { stdout } = await runWasp([], { home, env, program: ['/bin/sh', '-c', `${line}\n:`] });
  return maskIn(stdout);
}

/** Without the two signals beyond 31 that the C library keeps for itself. */
function maskIn(output: string): string | undefined {
  const mask = output.match(/SigIgn:\s*[0-9a-f]{8}([0-9a-f]{8})/)?.[1];
  return mask && (Number.parseInt(mask, 16) & 0x7fffffff).toString(16).padStart(8, '0');
}

async function expectAlike(command: string, expected?: string): Promise<void> {
  const bare = await ignored(command, tells);
  expect(bare).toMatch(expected ?? /./);
  expect(await ignored(command, `${DIST_WASP} info`)).toBe(bare);
}

const installed = (shell: string) => spawnSync(shell.split(' ')[0] as string, ['-c', ':']).status === 0;
const shells = ['bash', 'dash', 'zsh', 'busybox sh'].filter(installed);

describe.each(shells)('in a script of %s', (shell) => {
  test.each([
    ['INT', '00000002'],
    ['HUP', '00000001'],
    ['USR1', '00000200'],
    ['USR2', '00000800'],
    ['TERM', '00004000'],
    ['PIPE', '00001000'],
    ['INT HUP USR1 TERM', '00004203'],
  ])('trap "" %s', async (signals, mask) => {
    await expectAlike(`${shell} -c 'trap "" ${signals}; X; :'`, mask);
  });

  test('nothing is ignored that was not', async () => {
    await expectAlike(`${shell} -c 'X; :'`, '00000000');
  });

  test('that nohup has started', async () => {
    await expectAlike(`nohup ${shell} -c 'X; :'`, '00000001');
  });
});

test.each(['nohup X', 'nohup X </dev/null', 'nohup nice X', 'nohup env X'])('%s', async (command) => {
  // Bash, unlike dash, leaves the name of the program that it starts in the environment.
  await expectAlike(`bash -c '${command}; :'`, '00000001');
});

test('QUIT, in a script of a shell that doesn’t ignore it for itself', async () => {
  await expectAlike(`dash -c 'trap "" QUIT; X; :'`, '00000004');
});

describe.each([...shells, 'fish'].filter(installed))('in an interactive %s', (shell) => {
  test('nothing is ignored of what the shell ignores for itself', async () => {
    const terminal = runInTerminal([...shell.split(' '), '-i', '-c', `${DIST_WASP} info; true`], {
      home,
      env,
    });
    await terminal.shows('SigIgn');
    await terminal.ended;
    expect(maskIn(terminal.screen())).toBe('00000000');
  });
});

test('the rest is as without: what a program ignores for itself is not passed on', async () => {
  await expectAlike('timeout 20 X', '00000000');
  if (installed('strace')) await expectAlike('strace -f -o /dev/null X', '00000000');
  if (installed('python3'))
    await expectAlike(`python3 -c 'import subprocess; subprocess.call("X".split())'`, '00000000');
});
