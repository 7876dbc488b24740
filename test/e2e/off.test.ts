/** Off means no process, no file written, no socket, as strace sees it (docs/spec.md section 5). */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHOICE_CASES } from '../support/choice-cases.ts';
import { Home, temporaryFolder } from '../support/home.ts';
import { DIST_WASP, environment, type Variables } from '../support/run-wasp.ts';

const strace = spawnSync('strace', ['-V']).status === 0;
if (!strace) console.warn('strace is not installed: that off means nothing at all is not tested here');
const tracing = strace ? test : test.skip;

const CHANGES = [
  ...[
    'creat',
    'rename',
    'renameat',
    'renameat2',
    'link',
    'linkat',
    'symlink',
    'symlinkat',
    'unlink',
    'unlinkat',
  ],
  ...[
    'mkdir',
    'mkdirat',
    'mknod',
    'mknodat',
    'rmdir',
    'truncate',
    'ftruncate',
    'chmod',
    'fchmod',
    'fchmodat',
  ],
  ...['chown', 'fchown', 'fchownat', 'utimensat', 'setxattr'],
];
const STARTS = ['clone', 'clone3', 'fork', 'vfork', 'execve', 'execveat'];
const NETWORK = ['socket', 'socketpair', 'connect', 'bind', 'sendto', 'sendmsg'];

const NOTHING = { written: [], started: [], sockets: [] };

/** What a run, and all that it starts, does to the world; to become the real Wasp is no start. */
function trace(home: Home, env: Variables, args: readonly string[] = ['info']) {
  const file = join(temporaryFolder(), 'trace');
  const calls = `trace=?${[...CHANGES, ...STARTS, ...NETWORK, 'open', 'openat', 'openat2'].join(',?')}`;
  const { status } = spawnSync('strace', ['-f', '-qq', '-e', calls, '-o', file, DIST_WASP, ...args], {
    cwd: home.project,
    env: environment({
      home,
      env: { WASP_TELEMETRY_URL: 'http://127.0.0.1:9/', WASP_BIN: '/bin/true', ...env },
    }),
  });
  expect(status).not.toBeNull();
  const lines = readFileSync(file, 'utf8').split('\n');
  const [self] = lines[0]?.split(' ') ?? [];
  const called = (names: readonly string[]) => {
    const pattern = new RegExp(`^\\d+ +(${names.join('|')})\\(`);
    return lines.filter((line) => pattern.test(line));
  };
  const isForWriting = (line: string) => /O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND/.test(line);
  return {
    written: [...called(CHANGES), ...called(['open', 'openat', 'openat2']).filter(isForWriting)],
    started: called(STARTS).filter((line) => {
      const becomes = line.startsWith(`${self} `) && line.includes(' execve(');
      return !becomes && !line.includes('CLONE_THREAD');
    }),
    sockets: called(NETWORK),
  };
}

tracing.each<[string, Variables, string | undefined]>([
  ['WASP_TELEMETRY_DISABLE', { WASP_TELEMETRY_DISABLE: '1' }, undefined],
  ['an empty WASP_TELEMETRY_DISABLE', { WASP_TELEMETRY_DISABLE: '' }, undefined],
  ['DO_NOT_TRACK', { DO_NOT_TRACK: '1' }, undefined],
  ['a variable against a yes', { DO_NOT_TRACK: 'true' }, '{"enabled":true}'],
  ['a variable, with the output of reports', { DO_NOT_TRACK: '1', WASP_TELEMETRY_DEBUG: '1' }, undefined],
  ['choice', {}, '{"enabled":false}'],
])('off by %s: no process, no socket, no write', (_, env, choice) => {
  const home = new Home();
  if (choice) home.writeConfig('telemetry.json', choice);
  for (const args of [['info'], ['build'], ['deploy', 'fly', 'setup'], ['completion:list']]) {
    expect({ args, ...trace(home, env, args) }).toEqual({ args, ...NOTHING });
  }
});

tracing.each(
  CHOICE_CASES.filter(({ sent, inShell, ofAnotherUser }) => !sent && !inShell && !ofAnotherUser).map(
    (one) => [one.what, one] as const,
  ),
)('off by %s: no process, no socket, no write', (_, { make, env = {} }) => {
  const home = new Home();
  make?.(home.folder, join(home.config, 'telemetry.json'));
  expect(trace(home, env)).toEqual(NOTHING);
});

tracing('a sender that finds telemetry off does nothing either', () => {
  const name = '2026-11-22T12-00-00.000Z-0123456789abcdef-other.json';
  const home = new Home();
  const env = { WASP_TELEMETRY_JOB: name, DO_NOT_TRACK: '1' };
  expect(trace(home, env, [])).toEqual(NOTHING);
});

tracing.each([['telemetry'], ['telemetry', 'status'], ['telemetry', 'log']])(
  'looking at it while it is off leaves nothing: wasp %s %s',
  (...args) => {
    expect(trace(new Home(), { DO_NOT_TRACK: '1' }, args.filter(Boolean))).toEqual(NOTHING);
  },
);

tracing('and the same trace shows all three while it is on', () => {
  const { written, started, sockets } = trace(new Home(), {});
  expect(written).not.toHaveLength(0);
  expect(started).not.toHaveLength(0);
  expect(sockets).not.toHaveLength(0);
});
