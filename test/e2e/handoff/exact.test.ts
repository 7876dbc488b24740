/** What Node's own way to become another program loses, breaks or shows. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, Home } from '../../support/home.ts';
import { makeExecutable } from '../../support/packages.ts';
import { makeProgram } from '../../support/programs.ts';
import { DIST_WASP, type Ending, runWasp, type Variables } from '../../support/run-wasp.ts';

const home = new Home();
/** Prints its arguments, END, and its environment, as the kernel holds them: each ended by a NUL. */
const PRINT = '#!/bin/sh\ncat /proc/$$/cmdline\nprintf "END\\0"\ncat /proc/$$/environ\n';
const printer = makeProgram(PRINT);
const off = { WASP_TELEMETRY_URL: 'http://127.0.0.1:9/', WASP_TELEMETRY_DISABLE: '1' };

function run(args: string[], env: Variables, program: string[] = [DIST_WASP]): Promise<Ending> {
  return runWasp(args, { home, program, env: { ...off, WASP_BIN: printer, ...env } });
}

/** @param before a shell's command line that runs what follows, with everything that its caller has */
async function expectAlike(before: string, env: Variables, file = printer): Promise<string> {
  const program = (last: string) => ['/bin/bash', '-c', `${before} "$0" "$@"`, last];
  const args = ['a', '', "it's", 'ä'];
  const bare = await run(args, { ...env, WASP_BIN: file }, program(file));
  const ours = await run(args, { ...env, WASP_BIN: file }, program(DIST_WASP));
  const parts = ({ stdout }: Ending) =>
    stdout.split('\0').filter((part) => !part.startsWith('WASP_FRONT_END_CHAIN='));
  expect(parts(ours).sort()).toEqual(parts(bare).sort());
  expect(ours.stdout.split('END\0')[0]).toBe(bare.stdout.split('END\0')[0]);
  return ours.stdout;
}

const NOHUP = 'nohup';
const RAW = `BAD="$(printf 'x\\377')"; export BAD; exec`;

describe.each([
  ['under nohup', NOHUP],
  ['with bytes that are not UTF-8', RAW],
  ['with both', `BAD="$(printf 'x\\377')" ${NOHUP}`],
])('%s', (_, before) => {
  test('a path with = runs that program and no other', async () => {
    const folder = join(home.folder, 'a=b; touch pwned');
    const file = makeExecutable(join(folder, '$(touch pwned)', 'wasp=bin'), PRINT);
    await expectAlike(before, {}, file);
    expect(filesBelow(home.folder).filter((name) => name.endsWith('pwned'))).toEqual([]);
  });

  test('variables keep names that no shell takes, and none appears or is lost', async () => {
    const printed = await expectAlike(before, {
      'npm_config_//registry.example/:_authToken': 'SECRET',
      'a.b': '1',
      'BASH_FUNC_f%%': '() {  :\n}',
      ' ': 'blank',
      "it's": '$(id)',
      LINES_OF: 'one\ntwo\n',
    });
    expect(printed.split('END\0')[0]).not.toContain('SECRET');
  });
});

const hasStrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
if (!hasStrace)
  console.warn('NOT TESTED, because strace can’t be used: what other programs are started with');

(hasStrace ? test : test.skip)(
  'on the way, no other program is started, and no argument holds a secret',
  async () => {
    const trace = join(home.folder, 'trace');
    const env = { 'npm_config_//host/:_authToken': 'SECRET', BASH_ENV: '' };
    const line = `BAD="$(printf 'x\\377')" nohup strace -f -v -s 200 -e trace=execve -o '${trace}' "$0" "$@"`;
    await run(['a'], env, ['/bin/bash', '-c', line, DIST_WASP]);
    const starts = readFileSync(trace, 'latin1').match(/execve\("[^"]*", \[[^\]]*\]/g) ?? [];
    expect(starts.slice(0, 2)).toEqual([
      expect.stringContaining(DIST_WASP),
      expect.stringContaining(`execve("${printer}", ["${printer}", "a"]`),
    ]);
    expect(starts.join()).not.toContain('SECRET');
  },
);

describe('arguments and environment near the limit', () => {
  const MAXIMUM = 128 * 1024;
  const counts = makeProgram('#!/bin/sh\nprintf "%s " "$#"; printf %s "$1" | wc -c\n');

  test.each([1, 8])('%d of the greatest length arrive', async (count) => {
    const args = Array.from({ length: count }, () => 'x'.repeat(MAXIMUM - 1));
    const { stdout, code } = await run(args, { WASP_BIN: counts });
    expect([stdout, code]).toEqual([`${count} ${MAXIMUM - 1}\n`, 0]);
  });

  test('too much for the kernel is exit code 126 and one line, no stack and no core', async () => {
    const { stdout } = await fillUp(counts);
    expect(stdout).toMatch(/^126\nwasp: .*too long.*\n$/);
  });

  /** Starts the front end with just as much as it can be started with. */
  function fillUp(program: string): Promise<Ending> {
    const script = `
import resource, subprocess, sys
resource.setrlimit(resource.RLIMIT_STACK, (2 << 20, resource.RLIM_INFINITY))
def start(length):
    try: return subprocess.run([sys.argv[1], *['x' * 100000] * 5, 'y' * length], capture_output=True)
    except OSError: return None
fits, fails = 0, 100000
while fails - fits > 1:
    middle = (fits + fails) // 2
    if start(middle): fits = middle
    else: fails = middle
ended = start(fits)
print(ended.returncode)
sys.stdout.write(ended.stderr.decode())`;
    return run([DIST_WASP], { WASP_BIN: program }, ['python3', '-c', script]);
  }
});

test.each(['-wasp', '--version', '-e', '--', '', '--inspect', 'wasp'])(
  'started as %j, it is the same program',
  async (name) => {
    const says = makeProgram('#!/bin/sh\necho "$*"\n');
    const line = `exec -a '${name}' "$0" "$@"`;
    const { stdout, code } = await run(['info', '-x', '--', '-y'], { WASP_BIN: says }, [
      '/bin/bash',
      '-c',
      line,
      DIST_WASP,
    ]);
    expect([stdout, code]).toEqual(['info -x -- -y\n', 0]);
  },
);

describe('NODE_DEBUG prints nothing of the environment', () => {
  const tells = makeProgram('#!/bin/sh\necho 0.25.0\n');
  test.each<[string, Variables]>([
    ['--version', {}],
    ['telemetry show', {}],
    ['completion:list', { COMP_LINE: 'wasp b' }],
    ['info', {}],
    ['info', { _: '/usr/bin/nohup' }],
  ])('when it runs %s %j', async (command, more) => {
    for (const NODE_DEBUG of ['child_process', '*']) {
      const env = { ...more, NODE_DEBUG, WASP_BIN: tells, TOKEN: 'SECRET' };
      expect(await run(command.split(' '), env)).toMatchObject({ code: 0, stderr: '' });
    }
  });
});

test('V8’s coverage is left to the programs that it is meant for', async () => {
  const folder = join(home.folder, 'coverage');
  const { stdout } = await run(['info'], { NODE_V8_COVERAGE: folder });
  expect(stdout).toContain(`NODE_V8_COVERAGE=${folder}\0`);
  expect(existsSync(folder) ? filesBelow(folder) : []).toEqual([]);
});

describe.each([
  ['24 open files', 'ulimit -n 24'],
  ['2 GB of address space', 'ulimit -v 2000000'],
])('with no more than %s', (_, limit) => {
  test.each([
    ['as usual', 'exec'],
    ['under nohup', 'nohup'],
    ['with bytes that are not UTF-8', RAW],
  ])('it is handed over %s', async (_, before) => {
    const says = makeProgram('#!/bin/sh\necho here\n');
    const line = `${limit}; ${before} "$0" "$@"`;
    const due = { WASP_TELEMETRY_DISABLE: undefined, WASP_BIN: says };
    const { stdout, code } = await run(['info'], due, ['/bin/bash', '-c', line, DIST_WASP]);
    expect([stdout, code]).toEqual(['here\n', 0]);
  });
});
