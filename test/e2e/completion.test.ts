import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Home } from '../support/home.ts';
import { installPackage, makeExecutable } from '../support/packages.ts';
import { makeProgram, REAL_WASP } from '../support/programs.ts';
import { startReceiver } from '../support/receiver.ts';
import { DIST_WASP, type Run, runWasp, type Variables } from '../support/run-wasp.ts';
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

test('what stands behind the cursor is no part of the word, as Bash tells by COMP_POINT', async () => {
  const run = (point: string) => ({ home: new Home(), env: { ...ENV, COMP_POINT: point } });
  expect(await complete('wasp bu --flag', run('7'))).toEqual(['build']);
  expect(await complete('wasp db m état', run('9'))).toEqual(['migrate-dev']);
  expect(await complete('wasp bui', run('800'))).toEqual(['build']);
  expect(await complete('wasp bui', run('x'))).toEqual(['build']);
});

test('install and news, which the real Wasp leaves out, are offered too', async () => {
  expect(await complete('wasp ins')).toEqual(['install']);
  expect(await complete('wasp ne')).toEqual(['new', 'news']);
  expect(await complete('wasp build ')).toEqual(['start']);
});

test('behind telemetry show, the words of the command that is previewed', async () => {
  expect(await complete('wasp telemetry show bui')).toEqual(['build']);
  expect(await complete('wasp telemetry show db m')).toEqual(['migrate-dev']);
  expect(await complete('wasp telemetry show --json dep')).toEqual(['deploy', 'deps']);
  expect(await complete('wasp telemetry show -')).toEqual(['--json']);
  expect(await complete('wasp telemetry show -- -')).toEqual([]);
  const newer = makeProgram('#!/bin/sh\ncase "$COMP_LINE" in "wasp f") echo fly;; esac\n');
  const run = { home: new Home(), env: { ...ENV, WASP_BIN: newer } };
  expect(await complete('wasp telemetry show f', run)).toEqual(['fly']);
});

test('elsewhere in wasp telemetry, its options', async () => {
  expect(await complete('wasp telemetry --')).toEqual(['--json']);
  expect(await complete('wasp telemetry log ')).toEqual(['--json']);
  expect(await complete('wasp telemetry log --json ')).toEqual([]);
  expect(await complete('wasp messages ')).toEqual(['--json']);
});

describe('a Tab runs nothing that lies in a project, and offers our words', () => {
  const SAYS = '#!/bin/sh\necho ran >"$HOME/ran"\necho planted\n';
  let home: Home;
  beforeEach(() => {
    home = new Home();
  });

  const places: [string, (project: string) => Variables][] = [
    ['in node_modules', (project) => plant(join(project, 'node_modules')) && {}],
    ['named by WASP_BIN', (project) => ({ WASP_BIN: bin(project, 'tools') })],
    ['named by a relative WASP_BIN', (project) => bin(project, 'tools') && { WASP_BIN: './tools/wasp' }],
    ['on PATH', (project) => ({ PATH: `${dirname(bin(project, 'tools'))}:/usr/bin:/bin` })],
    ['on a relative PATH', (project) => bin(project, 'tools') && { PATH: 'tools:/usr/bin:/bin' }],
    ['on a PATH with an empty entry', (project) => bin(project, '.') && { PATH: ':/usr/bin:/bin' }],
    [
      'in a prefix of npm',
      (project) => plant(join(project, 'lib/node_modules')) && { npm_config_prefix: project },
    ],
    [
      'behind a link on PATH',
      (project) => {
        const folder = join(home.folder, 'bin');
        mkdirSync(folder);
        symlinkSync(bin(project, 'tools'), join(folder, 'wasp'));
        return { PATH: `${folder}:/usr/bin:/bin` };
      },
    ],
  ];

  const bin = (project: string, folder: string) => makeExecutable(join(project, folder, 'wasp'), SAYS);
  const plant = (nodeModules: string) =>
    makeExecutable(join(installPackage(nodeModules, ''), 'wasp-bin'), SAYS);

  test.each(places)('%s', async (_, make) => {
    const env = { WASP_TELEMETRY_URL: 'http://127.0.0.1:9/', PATH: '/usr/bin:/bin', ...make(home.project) };
    const inside = join(home.project, 'src');
    mkdirSync(inside);
    for (const cwd of [home.project, inside, home.folder]) {
      expect(await complete('wasp ', { home, env, cwd })).toContain('build');
      // What a shell asks that sets no COMP_LINE.
      const { stdout } = await runWasp(['completion:list'], { home, env, cwd });
      expect(stdout).toContain('build\n');
      expect(stdout).not.toContain('planted');
    }
    expect(existsSync(join(home.folder, 'ran'))).toBe(false);
  });

  test('nor by way of a program that looks into the project for which one to run', async () => {
    bin(home.project, 'tools');
    const shim = makeExecutable(
      join(home.folder, 'bin', 'wasp'),
      '#!/bin/sh\nexec "$(pwd)/tools/wasp" "$@"\n',
    );
    const env = { WASP_TELEMETRY_URL: 'http://127.0.0.1:9/', PATH: `${dirname(shim)}:/usr/bin:/bin` };
    expect(await complete('wasp ', { home, env })).toContain('build');
    expect(existsSync(join(home.folder, 'ran'))).toBe(false);
  });

  test('nor as what a script outside of projects is run by', async () => {
    const scripts = join(home.project, 'node_modules', '.bin');
    const node = makeExecutable(join(scripts, 'node'), SAYS);
    const tools = dirname(makeExecutable(join(home.project, 'tools', 'node'), SAYS));
    const launcher = makeExecutable(join(home.folder, 'bin', 'wasp'), '#!/usr/bin/env node\n');
    for (const folder of [dirname(node), tools, '', '.']) {
      const PATH = `${folder}:${dirname(launcher)}:/usr/bin:/bin`;
      const env = { WASP_TELEMETRY_URL: 'http://127.0.0.1:9/', PATH };
      expect(await complete('wasp ', { home, env, cwd: tools })).toContain('build');
    }
    expect(existsSync(join(home.folder, 'ran'))).toBe(false);
  });

  test('nor, outside of projects, what a relative WASP_BIN leads to', async () => {
    const cwd = dirname(makeExecutable(join(home.folder, 'anywhere', 'wasp'), SAYS));
    const env = { WASP_TELEMETRY_URL: 'http://127.0.0.1:9/', PATH: '/usr/bin:/bin', WASP_BIN: './wasp' };
    expect(await complete('wasp ', { home, env, cwd })).toContain('build');
    expect(existsSync(join(home.folder, 'ran'))).toBe(false);
  });

  test('nor what lies in node_modules of any other folder', async () => {
    const clone = join(home.folder, 'clone');
    plant(join(clone, 'node_modules'));
    writeFileSync(join(clone, 'package.json'), '{}');
    makeExecutable(join(clone, 'node_modules/.bin/wasp'), SAYS);
    const env = {
      WASP_TELEMETRY_URL: 'http://127.0.0.1:9/',
      PATH: `${clone}/node_modules/.bin:/usr/bin:/bin`,
    };
    expect(await complete('wasp ', { home, env, cwd: clone })).toContain('build');
    expect(existsSync(join(home.folder, 'ran'))).toBe(false);
  });
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
