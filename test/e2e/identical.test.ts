/** What a run prints, and how it ends, must be byte for byte the real Wasp's own: here both run side by side. */
import { realWaspData } from '../../scripts/fetch-wasp.ts';
import { Home } from '../support/home.ts';
import { makeProgram, REAL_WASP } from '../support/programs.ts';
import { startReceiver } from '../support/receiver.ts';
import { DIST_WASP, type Ending, runWasp, type Variables } from '../support/run-wasp.ts';

const home = new Home();
const env = { WASP_TELEMETRY_URL: 'http://127.0.0.1:9/', WASP_BIN: REAL_WASP };

interface Settings {
  cwd?: string;
  env?: Variables;
  input?: string;
  /** Comes before the program's path on the command line. */
  before?: readonly string[];
}

/** Runs the real Wasp bare, as its npm launcher does but with its own telemetry off. */
function runBare(args: readonly string[], { before = [], ...settings }: Settings = {}): Promise<Ending> {
  const own = { waspc_datadir: realWaspData, WASP_TELEMETRY_DISABLE: '1' };
  return runWasp(args, {
    home,
    ...settings,
    env: { ...env, ...settings.env, ...own },
    program: [...before, REAL_WASP],
  });
}

function runFrontEnd(args: readonly string[], { before = [], ...settings }: Settings = {}): Promise<Ending> {
  return runWasp(args, {
    home,
    ...settings,
    env: { ...env, ...settings.env },
    program: [...before, DIST_WASP],
  });
}

async function expectIdentical(args: readonly string[], settings: Settings = {}): Promise<Ending> {
  const bare = await runBare(args, settings);
  expect(await runFrontEnd(args, settings)).toEqual(bare);
  return bare;
}

test.each([
  'version',
  'completion',
  'completion:list',
  'doctor',
  'db',
  'db --help',
  'db nonsense',
  'info',
  'deps',
  'dockerfile',
  'compile',
  'build',
  'build start --help',
  'start --help',
  'start db --help',
  'test',
  'deploy --help',
  'studio',
  'new --help',
  'new demo -t no-such-template',
  'nonsense',
  'nonsense --help',
  'nonsense --version -h',
  'VERSION',
  '--',
  '-- version',
  '--nonsense',
  '-v',
  '-',
])('wasp %s', async (command) => {
  const bare = await expectIdentical(command.split(' '));
  // Were there nothing to compare, nothing would be compared.
  expect(`${bare.stdout}${bare.stderr}`).not.toBe('');
});

test.each([[['']], [['', 'version']], [['version', '']], [['db', ' ', "it's", '"$HOME"', '\n', '*']]])(
  'wasp with the arguments %j',
  async (args) => {
    await expectIdentical(args);
  },
);

test.each(['info', 'deps', 'version', 'db', 'build'])('wasp %s outside a project', async (command) => {
  await expectIdentical([command], { cwd: home.folder });
});

test('with telemetry due, the first command of a project prints the same too', async () => {
  const receiver = await startReceiver();
  await expectIdentical(['version'], { env: { WASP_TELEMETRY_URL: receiver.url } });
  await expectIdentical(['version'], {
    env: { WASP_TELEMETRY_URL: receiver.url },
    cwd: home.makeProject('b'),
  });
  await receiver.received(1);
});

/** Prints its arguments, END, and its environment, as the kernel holds them: each ended by a NUL. */
const printer = makeProgram('#!/bin/sh\ncat /proc/$$/cmdline\nprintf "END\\0"\ncat /proc/$$/environ\n');
/** Puts bytes that are not UTF-8 where our own spawn can't: into an argument and the environment. */
const rawBytes = [
  '/bin/sh',
  '-c',
  'BAD="$(printf "\\377=\\200x")" exec "$0" "$@" "$(printf "a\\300b\\nc")" "it\'s" ""',
];

/** The printer's output, the environment sorted. */
async function printed(run: Promise<Ending>): Promise<{ args: string; variables: string[] }> {
  const [args = '', variables = ''] = (await run).stdout.split('END\0');
  const all = variables.split('\0').filter(Boolean);
  // The guard against loops is the front end's own (docs/spec.md section 7).
  return { args, variables: all.filter((entry) => !entry.startsWith('WASP_FRONT_END_CHAIN=')).sort() };
}

describe('arguments and environment reach the real Wasp as they came', () => {
  const odd = {
    'a.b': '1',
    'BASH_FUNC_x%%': '() { :; }',
    __proto__x: '1',
    constructor: '2',
    EMPTY: '',
    LONG: 'x'.repeat(10_000),
  };

  test.each([
    ['UTF-8', []],
    ['bytes that are not UTF-8', rawBytes],
  ])('%s', async (_, before) => {
    const args = ['deploy', '', "it's", '$HOME', 'zwölf', '--', '-x'];
    const all = { ...env, ...odd, WASP_BIN: printer };
    const bareRun = runWasp(args, { home, env: all, program: [...before, printer] });
    const frontEndRun = runWasp(args, { home, env: all, program: [...before, DIST_WASP] });
    const bare = await printed(bareRun);
    const frontEnd = await printed(frontEndRun);
    expect(frontEnd.args).toBe(bare.args);
    expect(frontEnd.variables).toEqual([...bare.variables, 'WASP_TELEMETRY_DISABLE=1'].sort());
  });

  test('the real Wasp itself, given bytes that are not UTF-8', async () => {
    await expectIdentical(['nonsense'], { before: rawBytes });
    await expectIdentical(['version'], { before: rawBytes });
  });
});

test('standard input passes through, every byte', async () => {
  const cat = makeProgram('#!/bin/sh\nexec cat\n');
  const input = 'first\n\0second\n'.repeat(50_000);
  const { stdout } = await runWasp(['new'], { home, env: { ...env, WASP_BIN: cat }, input });
  expect(stdout === input).toBe(true);
});

test('standard files are handed over as they came: blocking, with the same flags', async () => {
  const flags = makeProgram(
    '#!/bin/sh\nfor fd in 0 1 2; do grep flags /proc/self/fdinfo/$fd; done 3>&1\numask\npwd\ngrep Sig[BI] /proc/self/status\n',
  );
  const all = { ...env, WASP_BIN: flags };
  const bare = await runWasp(['new'], { home, env: all, program: [flags] });
  expect(bare.stdout).toMatch(/flags.*\n.*flags/);
  expect(await runWasp(['new'], { home, env: all })).toEqual(bare);
});

test.each([
  ['NODE_OPTIONS', '--no-such-flag --require /no/such/file'],
  ['NODE_OPTIONS', '--max-old-space-size=64 --inspect-brk=127.0.0.1:0'],
  ['NODE_DEBUG', 'fs,module,http'],
  ['NODE_EXTRA_CA_CERTS', '/no/such/file'],
  ['NODE_TLS_REJECT_UNAUTHORIZED', '0'],
  ['NODE_ICU_DATA', '/no/such/folder'],
  ['NODE_PENDING_DEPRECATION', '1'],
  ['OPENSSL_CONF', '/no/such/file'],
  ['PKG_EXECPATH', 'PKG_INVOKE_NODEJS'],
  ['WASP_TELEMETRY_JOB', '{"not":"a job"}'],
  ['WASP_TELEMETRY_JOB', 'rubbish'],
  ['WASP_TELEMETRY_URL', 'not a url'],
])('%s=%s changes nothing', async (name, value) => {
  await expectIdentical(['version'], { env: { [name]: value } });
});

test('a working directory that has been removed', async () => {
  const before = ['/bin/sh', '-c', 'mkdir gone && cd gone && rmdir ../gone && exec "$0" "$@"'];
  await expectIdentical(['version'], { before });
});
