import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Home } from '../support/home.ts';
import { makeProgram, REAL_WASP } from '../support/programs.ts';
import { startReceiver } from '../support/receiver.ts';
import { DIST_WASP, type Run, runWasp } from '../support/run-wasp.ts';
import { runInTerminal, type Terminal } from '../support/terminal.ts';

const ENV = { WASP_TELEMETRY_URL: 'http://127.0.0.1:9/', WASP_BIN: REAL_WASP };

async function complete(line: string, run: Run = { home: new Home(), env: ENV }): Promise<string[]> {
  // Bash adds three arguments of its own.
  const { stdout } = await runWasp(['completion:list', 'wasp', 'word', 'before'], {
    ...run,
    env: { ...run.env, COMP_LINE: line },
  });
  return stdout.split('\n').filter(Boolean);
}

test('a Tab offers the real Wasp’s words and ours', async () => {
  const words = await complete('wasp ');
  expect(words).toEqual(expect.arrayContaining(['new', 'build', 'studio', 'telemetry', 'help', '--version']));
  expect(await complete('wasp bui')).toEqual(['build']);
  expect(await complete('wasp db m')).toEqual(['migrate-dev']);
  expect(await complete('wasp telemetry d')).toEqual(['disable']);
  expect(await complete('wasp completion ')).toEqual(['bash', 'zsh', 'fish']);
  expect(await complete('wasp start ')).toEqual(['db']);
});

test('a newer Wasp’s words are offered too', async () => {
  const newer = makeProgram('#!/bin/sh\nprintf "%s\\n" build fly-to-the-moon\n');
  const run = { home: new Home(), env: { ...ENV, WASP_BIN: newer } };
  expect(await complete('wasp f', run)).toEqual(['fly-to-the-moon']);
});

test('a Tab without Wasp still offers ours', async () => {
  const run = { home: new Home(), env: { ...ENV, WASP_BIN: '/nowhere' } };
  expect(await complete('wasp tele', run)).toEqual(['telemetry']);
});

test('a Tab in a project never reports and writes nothing', async () => {
  const home = new Home();
  const receiver = await startReceiver();
  await complete('wasp b', { home, env: { ...ENV, WASP_TELEMETRY_URL: receiver.url } });
  expect(home.telemetryFiles()).toEqual([]);
  expect(receiver.connectionCount()).toBe(0);
});

describe('in a shell that has sourced the script', () => {
  const shells = {
    bash: { command: ['bash', '--norc', '--noprofile', '-i'], source: (file: string) => `source ${file}` },
    zsh: {
      command: ['zsh', '-f', '-i'],
      source: (file: string) => `autoload -U compinit; compinit -u -D; source ${file}`,
    },
    fish: { command: ['fish', '--no-config', '-i'], source: (file: string) => `source ${file}` },
  };

  for (const [shell, { command, source }] of Object.entries(shells)) {
    const installed = spawnSync(shell, ['-c', 'exit 0']).status === 0;
    if (!installed) console.warn(`${shell} is not installed: its completion is not tested here`);

    (installed ? test : test.skip)(`${shell} completes wasp telemetry dis to disable`, async () => {
      const home = new Home();
      const bin = join(home.folder, 'bin');
      mkdirSync(bin);
      symlinkSync(DIST_WASP, join(bin, 'wasp'));
      const run = { home, env: { ...ENV, PATH: `${bin}:/usr/bin:/bin` } };
      const script = join(home.folder, 'completion');
      writeFileSync(script, (await runWasp(['completion', shell], run)).stdout);

      const terminal = runInTerminal(command, run);
      await ready(terminal);
      terminal.type(`${source(script)}; echo sourc''ed\r`);
      await terminal.shows('sourced');
      terminal.type('wasp telemetry dis\t');
      await terminal.shows('disable');
      terminal.type('\x03exit\r');
    });
  }

  /** Until the shell reads what is typed. */
  async function ready(terminal: Terminal): Promise<void> {
    terminal.type("echo rea''dy\r");
    await terminal.shows('ready');
  }
});

test('wasp completion alone, and for a shell that nobody knows, is the real Wasp’s', async () => {
  const home = new Home();
  for (const args of [['completion'], ['completion', 'tcsh'], ['completion', 'bash', 'more']]) {
    const ours = await runWasp(args, { home, env: ENV });
    expect(ours).toEqual(
      await runWasp(args, { home, env: { ...ENV, WASP_TELEMETRY_DISABLE: '1' }, program: [REAL_WASP] }),
    );
  }
});
