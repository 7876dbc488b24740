/** At most one report per slot in 12 hours, whatever runs at the same time, dies, or stands on disk. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { path } from '../../scripts/paths.ts';
import { temporaryFolder } from '../support/home.ts';
import { home, receiver, wasp } from '../support/new-home.ts';
import { ending, runWasp, startWasp } from '../support/run-wasp.ts';
import { killSenders, sendersGone } from '../support/senders.ts';

const silent = { code: 0, signal: null, stdout: '', stderr: '' };
const HOUR = 3_600_000;

let sharedFile: string;
let claims: string;

beforeEach(() => {
  const hash = createHash('sha256').update(`${home.project}/`).digest('hex').slice(0, 16);
  sharedFile = `project-${hash}`;
  claims = `claims/${hash}-other`;
});

const setting = () => ({ home, env: { WASP_TELEMETRY_URL: receiver.url, WASP_BIN: wasp } });

/** Runs that many commands at once. All must do as if nothing were the matter. */
async function runAtOnce(count: number): Promise<void> {
  const endings = await Promise.all(Array.from({ length: count }, () => runWasp(['info'], setting())));
  for (const ending of endings) expect(ending).toEqual(silent);
  await sendersGone(home);
}

const stampAt = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();
const shared = (other: string | null) =>
  JSON.stringify({ _lastCheckIn: other, _lastCheckInBuild: null, _lastCheckInDeploy: null });

test('100 commands at once in a fresh home send one report, under one id', async () => {
  await runAtOnce(100);
  expect(receiver.requests).toHaveLength(1);
  const { distinct_id } = JSON.parse(receiver.requests[0]?.body ?? '').properties;
  expect(home.read('signature')).toBe(distinct_id);
  expect(home.telemetryFiles().filter((file) => file.startsWith('claims/'))).toEqual([`${claims}/1`]);
});

test('100 commands at once when the pause has just passed send one report more', async () => {
  await runAtOnce(1);
  home.passHours(12.01);
  await runAtOnce(100);
  expect(receiver.requests).toHaveLength(2);
});

test.each(['for the first time', 'when the pause has just passed'])(
  '20 commands that all stand right before taking the slot send one report, %s',
  async (when) => {
    if (when !== 'for the first time') {
      home.write(sharedFile, shared(stampAt(-13)));
      home.write(`${claims}/5`, stampAt(-13));
    }
    const barrier = temporaryFolder();
    const program = [process.execPath, '--require', path('test/support/barrier.cjs'), path('dist/wasp.cjs')];
    const env = { ...setting().env, BARRIER_FOLDER: barrier, BARRIER_COUNT: '20' };
    const runs = Array.from({ length: 20 }, () => runWasp(['info'], { home, env, program }));
    for (const ending of await Promise.all(runs)) expect(ending).toEqual(silent);
    expect(readdirSync(barrier)).toHaveLength(20);
    await sendersGone(home);
    expect(receiver.requests).toHaveLength(1);
    expect(home.telemetryFiles().filter((file) => file.startsWith('claims/'))).toHaveLength(1);
  },
);

test('first commands of many projects at once agree on one id', async () => {
  const projects = Array.from({ length: 30 }, (_, n) => home.makeProject(`project-${n}`));
  await Promise.all(projects.map((cwd) => runWasp(['info'], { ...setting(), cwd })));
  await receiver.received(30);
  const ids = receiver.requests.map(({ body }) => JSON.parse(body).properties.distinct_id);
  expect([...new Set(ids)]).toEqual([home.read('signature')]);
});

describe('state that can’t be trusted is never “never sent”: nothing now, one report after 12 hours', () => {
  test.each<[string, () => void]>([
    ['a half-written state file', () => home.write(sharedFile, '{"_lastCheckIn":"2026-11-2')],
    ['an empty state file', () => home.write(sharedFile, '')],
    ['a state file that is not an object', () => home.write(sharedFile, '[]')],
    ['a state file full of zeros', () => home.write(sharedFile, '\0'.repeat(99))],
    ['a stamp that is no time', () => home.write(sharedFile, shared('yesterday'))],
    [
      'a stamp in the future, the clock having been set back',
      () => home.write(sharedFile, shared(stampAt(48))),
    ],
    ['a claim in the future', () => home.write(`${claims}/1`, stampAt(48))],
    ['a claim whose content a crash has lost', () => home.write(`${claims}/7`, '')],
    ['the claim of a process that was killed right after it', () => home.write(`${claims}/3`, stampAt(0))],
    [
      'both in the future',
      () => {
        home.write(sharedFile, shared(stampAt(1)));
        home.write(`${claims}/1`, stampAt(2));
      },
    ],
  ])('%s', async (_, damage) => {
    damage();
    await runAtOnce(8);
    expect(receiver.connectionCount()).toBe(0);
    home.passHours(11.9);
    await runAtOnce(1);
    expect(receiver.connectionCount()).toBe(0);
    home.passHours(0.2);
    await runAtOnce(8);
    expect(receiver.requests).toHaveLength(1);
  });
});

test('stamps longer ago than the pause are no hindrance', async () => {
  home.write(sharedFile, shared(stampAt(-13)));
  home.write(`${claims}/41`, stampAt(-13));
  await runAtOnce(20);
  expect(receiver.requests).toHaveLength(1);
});

test('a state file of a Wasp that knew fewer slots counts for those it knew', async () => {
  home.write(sharedFile, `{"_lastCheckIn":"${stampAt(-1)}"}`);
  await runAtOnce(1);
  expect(receiver.connectionCount()).toBe(0);
  expect(await runWasp(['build'], setting())).toEqual(silent);
  await receiver.received(1);
});

test('what else stands in the state file stays', async () => {
  home.write(sharedFile, `{"_lastCheckInDeploy":"${stampAt(-1)}","future":{"a":[1]},"_lastCheckIn":null}`);
  await runAtOnce(1);
  expect(receiver.requests).toHaveLength(1);
  expect(home.sharedState()).toMatchObject({
    _lastCheckInDeploy: expect.any(String),
    future: { a: [1] },
    _lastCheckIn: expect.any(String),
  });
});

test.each(['', 'not a uuid', '00000000-0000-0000-0000-000000000000', '\0'.repeat(36)])(
  'a signature holding %j is replaced, once, by all commands together',
  async (rubbish) => {
    const projects = Array.from({ length: 10 }, (_, n) => home.makeProject(`project-${n}`));
    home.write('signature', rubbish);
    home.write('signature.candidate', rubbish);
    await Promise.all(projects.map((cwd) => runWasp(['info'], { ...setting(), cwd })));
    await receiver.received(10);
    const ids = receiver.requests.map(({ body }) => JSON.parse(body).properties.distinct_id);
    expect([...new Set(ids)]).toEqual([home.read('signature')]);
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-/);
  },
);

test('commands killed at any moment never cause a second report', async () => {
  // Each kill strikes at another instant: from before the program has started to after it has handed over.
  const kills = 40;
  for (let kill = 0; kill < kills; kill++) {
    const struck = startWasp(['info'], setting());
    const ended = ending(struck);
    const instant = setTimeout(() => struck.kill('SIGKILL'), (kill * 80) / kills);
    await ended;
    clearTimeout(instant);
  }
  await runAtOnce(5);
  const first = receiver.requests.length;
  expect(first).toBeLessThanOrEqual(1);
  home.passHours(12.01);
  await runAtOnce(5);
  expect(receiver.requests).toHaveLength(first + 1);
});

test('senders killed at any moment never cause a second report', async () => {
  const kills = 20;
  const projects = Array.from({ length: kills }, (_, n) => home.makeProject(`project-${n}`));
  for (const [kill, cwd] of projects.entries()) {
    expect(await runWasp(['info'], { ...setting(), cwd })).toEqual(silent);
    // From before the sender has started to after it has sent.
    const instant = setTimeout(() => killSenders(home), (kill * 150) / kills);
    await sendersGone(home);
    clearTimeout(instant);
    expect(await runWasp(['info'], { ...setting(), cwd })).toEqual(silent);
  }
  await sendersGone(home);
  const reported = receiver.requests.map(({ body }) => JSON.parse(body).properties.project_hash);
  expect(reported).toEqual([...new Set(reported)]);
});

test('a leftover of a write that was cut short is in nobody’s way', async () => {
  mkdirSync(join(home.telemetry, claims), { recursive: true });
  writeFileSync(join(home.telemetry, claims, '1.999.123.new'), stampAt(0));
  await runAtOnce(10);
  expect(receiver.requests).toHaveLength(1);
});
