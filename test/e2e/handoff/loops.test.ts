/** Programs named `wasp` that call each other come to an end, and at the real Wasp if there is one. */
import { constants, copyFileSync, linkSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Home } from '../../support/home.ts';
import { makeExecutable } from '../../support/packages.ts';
import { DIST_WASP, type Ending, runWasp, type Variables } from '../../support/run-wasp.ts';
import { processes } from '../../support/senders.ts';
import { until } from '../../support/until.ts';

/** Milliseconds: long enough for a busy machine, and short for a loop. */
const DEADLINE = 60_000;

let home: Home;
/** Folders for PATH, in the order in which they were made. */
let folders: string[];

beforeEach(() => {
  home = new Home();
  folders = [];
});

function newFolder(): string {
  const folder = join(home.folder, `bin-${folders.length}`);
  mkdirSync(folder);
  folders.push(folder);
  return folder;
}

/** A copy of the front end, which is the first on PATH if nothing was made before. */
function copyOfFrontEnd(name = 'wasp'): string {
  const file = join(newFolder(), name);
  copyFileSync(DIST_WASP, file, constants.COPYFILE_FICLONE);
  return file;
}

/** A script named `wasp`. It counts its runs, and reads FRONT_END. */
function wrapper(lines: string): string {
  return makeExecutable(join(newFolder(), 'wasp'), `#!/bin/sh\necho run >>'${home.folder}/runs'\n${lines}\n`);
}

function runs(): number {
  try {
    return readFileSync(join(home.folder, 'runs'), 'utf8').split('\n').length - 1;
  } catch {
    return 0;
  }
}

function realWasp(lines = 'echo "real $*"'): string {
  return makeExecutable(join(newFolder(), 'wasp'), `#!/bin/sh\n${lines}\n`);
}

/** Runs a front end to its end, after which nothing may be left. */
async function run(args: string[], env: Variables = {}, program?: string): Promise<Ending> {
  const ended = await start(args, env, program);
  await until('no process is left', () => stillRunning().length === 0);
  return ended;
}

async function start(args: string[], env: Variables = {}, program: string = DIST_WASP): Promise<Ending> {
  const PATH = [...folders, '/usr/bin', '/bin'].join(':');
  const off = { WASP_TELEMETRY_URL: 'http://127.0.0.1:9/', WASP_TELEMETRY_DISABLE: '1' };
  const ended = await runWasp(args, {
    home,
    program: ['timeout', '--signal=KILL', String(DEADLINE / 1000), program],
    env: { ...off, PATH, FRONT_END: DIST_WASP, ...env },
  });
  expect(ended.signal).toBeNull();
  return ended;
}

/** Processes that have this home's folder in their environment. */
function stillRunning(): number[] {
  return processes().filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`HOME=${home.folder}\0`);
    } catch {
      return false;
    }
  });
}

async function expectReal(env: Variables = {}): Promise<void> {
  expect(await run(['build', 'x'], env)).toMatchObject({ code: 0, stdout: 'real build x\n', stderr: '' });
}

async function expectNothingLeft(tried: string[], env: Variables = {}): Promise<void> {
  const { code, stdout, stderr } = await run(['build'], env);
  expect([code, stdout]).toEqual([127, '']);
  for (const file of tried) expect(stderr).toContain(`${file}, because it was run already`);
}

describe.each([
  ['with exec', 'exec "$FRONT_END" "$@"', 1],
  ['without exec', '"$FRONT_END" "$@"', 3],
  ['without exec, with more behind it', '"$FRONT_END" "$@"; code=$?; exit $code', 3],
  ['in a subshell', '("$FRONT_END" "$@")', 3],
  ['once more if that fails', '"$FRONT_END" "$@" || "$FRONT_END" "$@"', 7],
  ['up to three times until it works', 'for i in 1 2 3; do "$FRONT_END" "$@" && exit; done; exit 127', 13],
  ['after asking for its version', '"$FRONT_END" version >/dev/null; exec "$FRONT_END" "$@"', 15],
])('a script that calls the front end %s', (_, lines, atMost) => {
  test('is run, and then the real Wasp behind it on PATH', async () => {
    wrapper(lines);
    realWasp();
    await expectReal();
    expect(runs()).toBeGreaterThan(0);
    expect(runs()).toBeLessThanOrEqual(atMost);
  });

  test('ends when there is no real Wasp, and the error names it', async () => {
    await expectNothingLeft([wrapper(lines)]);
    expect(runs()).toBeLessThanOrEqual(atMost);
  });

  test('is asked for its version once or a few times, and the answer is the real Wasp’s', async () => {
    wrapper(lines);
    realWasp('echo 0.25.0');
    expect((await run(['--version'])).stdout).toMatch(/^wasp {7}0\.25\.0 /m);
    expect(runs()).toBeLessThanOrEqual(2);
  });

  test('on Tab comes to an end', async () => {
    wrapper(lines);
    const { stdout } = await run(['completion:list'], { COMP_LINE: 'wasp bu' });
    expect(stdout).toBe('build\n');
    expect(runs()).toBeLessThanOrEqual(2);
  });

  test('as WASP_BIN, by the name that leads back to the front end', async () => {
    const frontEnd = copyOfFrontEnd();
    realWasp();
    const script = makeExecutable(join(home.folder, 'mine'), `#!/bin/sh\n${lines}\n`);
    await expectReal({ WASP_BIN: script, FRONT_END: 'wasp' });
    expect(dirname(frontEnd)).toBe(folders[0]);
  });

  test('as WASP_BIN, with no real Wasp', async () => {
    copyOfFrontEnd();
    const script = makeExecutable(join(home.folder, 'mine'), `#!/bin/sh\n${lines}\n`);
    await expectNothingLeft([script], { WASP_BIN: script, FRONT_END: 'wasp' });
  });
});

test('two scripts that call each other by way of the front end', async () => {
  const one = wrapper('exec "$FRONT_END" "$@"');
  const two = wrapper('"$FRONT_END" "$@"');
  await expectNothingLeft([one, two]);
  realWasp();
  await expectReal();
});

describe('other names of what was tried', () => {
  test.each<[string, (from: string, to: string) => void]>([
    ['a symbolic link', symlinkSync],
    ['a hard link', linkSync],
    ['a copy', copyFileSync],
  ])('%s to a script is no way around', async (_, alias) => {
    const script = wrapper('exec "$FRONT_END" "$@"');
    alias(script, join(newFolder(), 'wasp'));
    await expectNothingLeft([script]);
    realWasp();
    await expectReal();
  });

  test('copies of the front end, and links to them', async () => {
    const copy = copyOfFrontEnd();
    symlinkSync(copy, join(newFolder(), 'wasp'));
    linkSync(copy, join(newFolder(), 'wasp'));
    copyOfFrontEnd();
    for (const program of [DIST_WASP, copy]) {
      expect((await run(['build'], {}, program)).code).toBe(127);
      expect((await run(['--version'], {}, program)).stdout).toMatch(/^wasp +unknown/m);
      const tab = await run(['completion:list'], { COMP_LINE: 'wasp bu' }, program);
      expect(tab.stdout).toBe('build\n');
    }
    realWasp();
    await expectReal();
  });
});

describe.each([
  ['with exec', 'exec env -i $KEPT "$FRONT_END" "$@"'],
  ['without exec', 'env -i $KEPT "$FRONT_END" "$@"; code=$?; exit $code'],
  ['without exec and without the list alone', 'env -u WASP_FRONT_END_CHAIN "$FRONT_END" "$@"'],
])('a script that calls the front end %s, and clears the environment', (_, lines) => {
  const kept =
    'KEPT="HOME=$HOME PATH=$PATH FRONT_END=$FRONT_END WASP_TELEMETRY_DISABLE=1 WASP_TELEMETRY_URL=$WASP_TELEMETRY_URL"';

  test('is run, and then the real Wasp behind it on PATH', async () => {
    wrapper(`${kept}\n${lines}`);
    realWasp();
    await expectReal();
  });

  test('ends when there is no real Wasp, and leaves no process', async () => {
    await expectNothingLeft([wrapper(`${kept}\n${lines}`)]);
  });

  test('leaves no process when it is asked for its version', async () => {
    wrapper(`${kept}\n${lines}`);
    await start(['--version']);
    await until('no process is left', () => stillRunning().length === 0);
  });
});

test('a script that makes a new one of itself each time', async () => {
  wrapper('d=$(mktemp -d -p "$HOME"); cp "$0" "$d/wasp"; PATH="$d:$PATH" exec "$FRONT_END" "$@"');
  expect((await run(['build'])).code).toBe(127);
});

describe('what the real Wasp starts may call wasp', () => {
  const inside = 'if [ "$1" = outer ]; then wasp inner | cat; else echo "real $*"; fi';

  test('by the front end', async () => {
    copyOfFrontEnd();
    realWasp(inside);
    expect((await run(['outer'])).stdout).toBe('real inner\n');
  });

  test('and so may a shell that has worked a lot and becomes it', async () => {
    realWasp('if [ "$1" = outer ]; then wasp inner; exit 7; else echo "real $*"; fi');
    copyOfFrontEnd();
    folders.reverse();
    // One and a half seconds of processor time.
    const worked =
      'while [ "$(cut -d" " -f14 "/proc/$$/stat")" -lt 150 ]; do :; for i in $(seq 9999); do :; done; done';
    const shell = makeExecutable(join(home.folder, 'shell'), `#!/bin/bash\n${worked}\nexec wasp "$@"\n`);
    expect(await run(['outer'], {}, shell)).toMatchObject({ stdout: 'real inner\n', stderr: '', code: 7 });
  });

  test.each(['exec "$FRONT_END" "$@"', '"$FRONT_END" "$@"'])('by a script with %s', async (lines) => {
    wrapper(lines);
    realWasp(inside);
    expect((await run(['outer'])).stdout).toBe('real inner\n');
  });

  test('seven times inside each other', async () => {
    copyOfFrontEnd();
    realWasp('[ "$1" = 0 ] && echo bottom || { wasp "$(($1 - 1))"; exit $?; }');
    expect(await run(['7'])).toMatchObject({ code: 0, stdout: 'bottom\n' });
  });
});

test('the variable of another making, or of long ago, keeps nothing from running', async () => {
  realWasp();
  for (const value of ['', 'rubbish', '1;0;1:2', `1;0;${'1:2,'.repeat(9000)}`]) {
    await expectReal({ WASP_FRONT_END_CHAIN: value });
  }
});
