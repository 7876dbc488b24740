/** The sender believes nothing that it is given; preview and status promise nothing that doesn't happen. */
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalEntry } from '../support/home.ts';
import { asJson, home, receiver, run, wasp } from '../support/new-home.ts';
import { makeProgram } from '../support/programs.ts';
import { startReceiver } from '../support/receiver.ts';
import { DIST_WASP, runWasp, type Variables } from '../support/run-wasp.ts';
import { killSenders, sendersGone } from '../support/senders.ts';

describe('a job of anyone’s making', () => {
  const NAME = '2026-11-22T12-00-00.000Z-0123456789abcdef-other.json';
  const says = makeProgram('#!/bin/sh\necho "ran $*"\n', '0.25.0');

  test.each(['x', '{}', NAME, '../../etc/passwd', JSON.stringify({ destination: { url: 'http://x/' } })])(
    '%j keeps no command from running, and reaches nothing that runs',
    async (job) => {
      const { stdout } = await run(['version'], { WASP_TELEMETRY_JOB: job, WASP_BIN: says });
      expect(stdout).toBe('ran version\n');
      expect((await run([], { WASP_TELEMETRY_JOB: job })).stdout).toContain('Usage: wasp');
    },
  );

  test('that names an attempt of long ago sends and deletes nothing', async () => {
    await run(['info']);
    await receiver.received(1);
    await sendersGone(home);
    const [name] = readdirSync(join(home.telemetry, 'attempts'));
    const before = home.telemetryFiles();
    await run([], { WASP_TELEMETRY_JOB: name });
    await sendersGone(home);
    expect(receiver.requests).toHaveLength(1);
    expect(home.telemetryFiles()).toEqual(before);
  });
});

/** A command whose sender never comes to life: the shell that starts it finds a `nice` that does nothing. */
async function leaveAttempt(): Promise<string> {
  const folder = join(home.folder, 'bin');
  mkdirSync(folder);
  writeFileSync(join(folder, 'nice'), '#!/bin/sh\nexit 0\n');
  chmodSync(join(folder, 'nice'), 0o755);
  await run(['info'], { PATH: `${folder}:/usr/bin:/bin` });
  killSenders(home);
  const [name] = readdirSync(join(home.telemetry, 'attempts'));
  return name as string;
}

test('a sender looks at consent, destination and journal itself, and sends what waits there once', async () => {
  const job = { WASP_TELEMETRY_JOB: await leaveAttempt() };
  const elsewhere = await startReceiver();
  // A sender has no arguments; the usage means that this was none.
  const isSender = async (env: Variables) => !(await run([], { ...job, ...env })).stdout.includes('Usage:');
  expect(await isSender({ DO_NOT_TRACK: '1' })).toBe(false);
  expect(await isSender({ HOME: undefined })).toBe(false);
  expect(await isSender({ WASP_TELEMETRY_DEBUG: '1' })).toBe(false);
  expect(await isSender({ XDG_CACHE_HOME: join(home.folder, 'other') })).toBe(false);
  home.writeConfig('telemetry.json', '{"enabled":false}');
  expect(await isSender({})).toBe(false);
  home.writeConfig('telemetry.json', '{"enabled":true}');
  expect(receiver.requests).toEqual([]);

  expect(await Promise.all([isSender({}), isSender({}), isSender({}), isSender({})])).toContain(true);
  await sendersGone(home);
  expect(await isSender({})).toBe(false);
  expect([receiver.requests.length, elsewhere.requests.length]).toEqual([1, 0]);
});

test.each<[string, (attempt: JournalEntry) => object]>([
  ['an extra key', ({ body }) => ({ body: body.replace('"properties":{', '$&"secret":"x",') })],
  ['a list for a text', ({ body }) => ({ body: body.replace('"context":""', '"context":["x"]') })],
  ['a build that is none', ({ body }) => ({ body: body.replace('"is_build":false', '"is_build":true') })],
  ['another project’s hash', ({ body }) => ({ body: body.replace(/"[0-9a-f]{16}"/, '"../../0123456789"') })],
  ['no JSON', () => ({ body: '{' })],
  ['another slot', () => ({ slot: 'build' })],
  ['a slot that leads elsewhere', () => ({ slot: '../../..' })],
  ['another destination', () => ({ url: 'http://127.0.0.1:9/' })],
  ['a destination that is none', () => ({ url: 5 })],
  ['a time of long ago', () => ({ time: '2026-01-01T00:00:00.000Z' })],
  ['another claim', () => ({ job: { claim: 2 } })],
  ['a claim that leads elsewhere', () => ({ job: { claim: '../1' } })],
  ['an outcome', () => ({ outcome: { kind: 'delivered', status: 200 } })],
])('a sender whose attempt was changed to have %s sends nothing', async (_, change) => {
  const name = await leaveAttempt();
  const [attempt] = home.journal();
  home.write(`attempts/${name}`, JSON.stringify({ ...attempt, ...change(attempt as JournalEntry) }));
  await run([], { WASP_TELEMETRY_JOB: name });
  await sendersGone(home);
  expect(receiver.requests).toEqual([]);
});

test.each([['http://192.0.2.77/capture'], ['ftp://127.0.0.1/'], ['https://127.0.0.1:9/']])(
  'a sender whose destination is %s now, and was another, sends nothing and says so',
  async (url) => {
    const job = { WASP_TELEMETRY_JOB: await leaveAttempt() };
    await run([], { ...job, WASP_TELEMETRY_URL: url });
    await sendersGone(home);
    expect(receiver.requests).toEqual([]);
    expect(await asJson(['telemetry', 'log', '--json'])).toMatchObject([{ outcome: { kind: 'not sent' } }]);
  },
);

test('a sender that dies before it sends shows as abandoned', async () => {
  await leaveAttempt();
  expect(await asJson(['telemetry', 'log', '--json'])).toMatchObject([{ outcome: { kind: 'abandoned' } }]);
  expect(receiver.requests).toEqual([]);
});

test('a context of 100 KB of quotes is sent, as the preview says', async () => {
  const env = { WASP_TELEMETRY_CONTEXT: '"'.repeat(100_000) };
  const { body, wouldBeSent } = await asJson(['telemetry', 'show', 'info', '--json'], env);
  expect(wouldBeSent).toBe(true);
  await run(['info'], env);
  const [request] = await receiver.received(1);
  expect(request?.body === body).toBe(true);
});

test.each([
  ['show build --json'],
  ['show --json build'],
  ['--json show build'],
  ['--json status'],
  ['log --json'],
])('wasp telemetry %s prints JSON', async (words) => {
  expect(() => JSON.parse('')).toThrow();
  const answer = await asJson(['telemetry', ...words.split(' ')]);
  if (words.includes('show')) expect(JSON.parse(answer.body).properties.is_build).toBe(true);
});

test('control bytes of paths and contexts do nothing to a terminal', async () => {
  const root = home.makeProject('bad\u001b[31m\u009b2Jname');
  const env = {
    WASP_TELEMETRY_CONTEXT: '\u001b]0;x\u0007\u009b\u202e',
    WASP_TELEMETRY_URL: receiver.url,
    WASP_BIN: wasp,
  };
  const there = (args: string[]) => runWasp(args, { home, env, cwd: root });
  await there(['info']);
  const [request] = await receiver.received(1);
  await sendersGone(home);
  const shown = await there(['telemetry', 'show', 'info']);
  expect(shown.stdout.split('\n')[0]).toBe(request?.body);
  for (const args of [[], ['show'], ['log'], ['--json'], ['log', '--json']]) {
    const { stdout } = await there(['telemetry', ...args]);
    expect(Buffer.from(stdout, 'latin1').toString()).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
  }
});

test('a project whose path is not UTF-8 is reported, under the hash that the real Wasp has for it', async () => {
  const root = Buffer.concat([Buffer.from(`${home.folder}/caf`), Buffer.from([0xe9]), Buffer.from('/app')]);
  const below = Buffer.concat([root, Buffer.from('/src/deep')]);
  mkdirSync(below, { recursive: true });
  writeFileSync(Buffer.concat([root, Buffer.from('/.wasproot')]), '');
  const there = ['/bin/sh', '-c', 'cd caf*/app/src/deep && exec "$0" "$@"', DIST_WASP];
  const at = (args: string[]) =>
    runWasp(args, {
      home,
      env: { WASP_TELEMETRY_URL: receiver.url, WASP_BIN: wasp },
      cwd: home.folder,
      program: there,
    });
  const { project } = JSON.parse((await at(['telemetry', '--json'])).stdout);
  const preview = JSON.parse((await at(['telemetry', 'show', 'info', '--json'])).stdout);
  expect(preview.wouldBeSent).toBe(true);
  await at(['info']);
  const [request] = await receiver.received(1);
  const bytes = Buffer.from(`${home.folder}/caf\xed\xb3\xa9/app/`, 'latin1');
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  expect(JSON.parse(request?.body ?? '').properties.project_hash).toBe(hash);
  expect([project.hash, request?.body]).toEqual([hash, preview.body]);
  await sendersGone(home);
});

test('claims are not made through a link', async () => {
  const planted = join(home.folder, 'planted');
  mkdirSync(planted);
  mkdirSync(home.telemetry, { recursive: true });
  symlinkSync(planted, join(home.telemetry, 'claims'));
  expect((await asJson(['telemetry', '--json'])).slots.other.obstacle).toContain('is a link');
  await run(['info']);
  await sendersGone(home);
  expect([receiver.requests, readdirSync(planted)]).toEqual([[], []]);
});
