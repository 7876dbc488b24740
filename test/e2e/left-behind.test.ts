/** What the hand-off and the sender leave, hold or pass on: nothing. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Home } from '../support/home.ts';
import { makeExecutable } from '../support/packages.ts';
import { makeProgram, makeSilentWasp } from '../support/programs.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { DIST_WASP, ending, environment, runWasp, startWasp } from '../support/run-wasp.ts';
import { isAlive, killSenders, processes, processState, senders, sendersGone } from '../support/senders.ts';
import { until } from '../support/until.ts';

let home: Home;
/** Takes the report and never answers. */
let stalled: Receiver;

beforeEach(async () => {
  home = new Home();
  stalled = await startReceiver(() => {});
});

const env = (WASP_BIN: string) => ({ WASP_TELEMETRY_URL: stalled.url, WASP_BIN });

/** The one sender, once its report has arrived. */
async function stalledSender(): Promise<number> {
  await stalled.received(1);
  const [pid] = senders(home);
  expect(pid).toBeDefined();
  return pid as number;
}

test.each([
  ['$(wasp …)', 'x=$("$0" version); echo "[$x]"'],
  ['wasp … | cat', '"$0" version | cat'],
  ['wasp … 2>&1 | cat', '"$0" version 2>&1 | cat; exit 0'],
])('%s returns while the sender is still held', async (_, script) => {
  const says = makeProgram('#!/bin/sh\necho said\n', '0.25.0');
  const program = ['/bin/sh', '-c', script, DIST_WASP];
  const { stdout, code } = await runWasp([], { home, env: env(says), program });
  expect([stdout, code]).toEqual([expect.stringContaining('said'), 0]);
  // Its caller has gone on, and here it is.
  await stalledSender();
});

test('the sender is apart: own session, no terminal, no files, root folder, lowest priority', async () => {
  // npm adds such a folder to PATH for each folder above, and in /tmp anyone may have made it.
  const planted = join(home.folder, 'node_modules', '.bin');
  makeExecutable(join(planted, 'nice'), `#!/bin/sh\ntouch '${home.folder}/planted'\n`);
  const { PATH } = process.env;
  await runWasp(['info'], { home, env: { ...env(makeSilentWasp()), PATH: `${planted}::bin:${PATH}` } });
  const pid = await stalledSender();
  expect(existsSync(join(home.folder, 'planted'))).toBe(false);
  expect(readlinkSync(`/proc/${pid}/cwd`)).toBe('/');
  for (const fd of [0, 1, 2]) expect(readlinkSync(`/proc/${pid}/fd/${fd}`)).toBe('/dev/null');
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [session, terminal, nice] = [Number(fields[3]), fields[4], fields[16]];
  expect([terminal, nice]).toEqual(['0', '19']);
  await until(
    'the leader of the session, the shell that started it, is gone',
    () => !isAlive(session as number),
  );
});

test('a lock that the caller holds is free when the real Wasp is gone, though the sender is not', async () => {
  const lock = join(home.folder, 'lock');
  const fd = openSync(lock, 'w');
  const take = (descriptor: number) =>
    spawnSync('flock', ['--nonblock', '3'], { stdio: ['ignore', 'ignore', 'ignore', descriptor] }).status;
  expect(take(fd)).toBe(0);
  const inherited = [...Array(27).fill('ignore'), fd] as const;
  const child = spawn(DIST_WASP, ['info'], {
    cwd: home.project,
    env: environment({ home, env: env(makeProgram('#!/bin/sh\nls -l /proc/$$/fd\n', '0.25.0')) }),
    stdio: ['ignore', 'pipe', 'inherit', ...inherited],
  });
  const ended = ending(child);
  closeSync(fd);
  expect((await ended).stdout).toContain(`30 -> ${lock}`);
  await stalledSender();
  const again = openSync(lock, 'w');
  expect(take(again)).toBe(0);
  closeSync(again);
});

test('the payload is not in the arguments, where everybody could read it', async () => {
  await runWasp(['info'], { home, env: env(makeSilentWasp()) });
  const pid = await stalledSender();
  const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  expect(commandLine).toBe(`${DIST_WASP}\0`);
});

test('the real Wasp has no child that it did not start, dead or alive', async () => {
  const waits = makeProgram('#!/bin/sh\necho ready\nread line\n', '0.25.0');
  const child = startWasp(['start'], { home, env: env(waits) });
  const ended = ending(child);
  await once(child.stdout as Readable, 'data');
  await stalledSender();
  expect(processes().filter((pid) => processState(pid)?.parent === child.pid)).toEqual([]);
  child.stdin?.end('\n');
  expect(await ended).toMatchObject({ code: 0 });
});

test('neither the real Wasp nor what it starts gets anything that would make it a sender', async () => {
  const prints = makeProgram('#!/bin/sh\nenv\n', '0.25.0');
  const { stdout } = await runWasp(['start'], { home, env: env(prints) });
  await stalledSender();
  expect(stdout).toContain('WASP_TELEMETRY_DISABLE=1');
  expect(stdout).not.toMatch(/TELEMETRY_JOB/);
});

test('nor does the real Wasp when it is asked for its version', async () => {
  const note = join(home.folder, 'note');
  const asked = makeProgram(
    `#!/bin/sh\n[ "$1" = version ] && env >'${note}.new' && mv '${note}.new' '${note}'\necho 0.25.0\n`,
  );
  await runWasp(['start'], { home, env: env(asked) });
  await stalledSender();
  const told = await until('it was asked', () => existsSync(note) && readFileSync(note, 'utf8'));
  expect(told).toContain('WASP_TELEMETRY_DISABLE=1');
  expect(told).not.toMatch(/TELEMETRY_JOB/);
});

test('a Wasp that runs wasp again starts no sender by that', async () => {
  const nests = makeProgram(
    `#!/bin/sh\n[ "$1" = again ] || for n in 1 2 3; do cd '${home.project}' && "${DIST_WASP}" again; done\n`,
    '0.25.0',
  );
  home.makeProject('other');
  await runWasp(['start'], { home, env: env(nests), cwd: join(home.folder, 'other') });
  await stalledSender();
  expect(senders(home)).toHaveLength(1);
  expect(stalled.connectionCount()).toBe(1);
});

test('senders don’t pile up while the network is stalled', async () => {
  for (let n = 0; n < 10; n++) await runWasp(['info'], { home, env: env(makeSilentWasp()) });
  await runWasp(['build'], { home, env: env(makeSilentWasp()) });
  await stalled.received(2);
  expect(senders(home).length).toBeLessThanOrEqual(2);
  expect(stalled.connectionCount()).toBe(2);
});

test('a sender that is killed has left word of its attempt', async () => {
  await runWasp(['info'], { home, env: env(makeSilentWasp()) });
  await stalledSender();
  killSenders(home);
  await sendersGone(home);
  const [attempt, ...more] = home.journal();
  expect([attempt?.body, attempt?.outcome.kind, more]).toEqual([stalled.requests[0]?.body, 'unknown', []]);
});

describe('with output that nobody reads any more', () => {
  test('the pipe’s end is the real program’s affair', async () => {
    const pours = makeProgram('#!/bin/sh\nwhile :; do echo line; done\n', '0.25.0');
    const shell = spawn('/bin/sh', ['-c', '"$0" start | head -n 3; echo done', DIST_WASP], {
      cwd: home.project,
      env: environment({ home, env: env(pours) }),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    expect((await ending(shell)).stdout).toBe('line\nline\nline\ndone\n');
  });
});
