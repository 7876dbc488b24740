/**
 * The whole life of messages, with the built programs: two keys and the rotation from one to the other, clocks that are
 * wrong by 30 days, a withdrawal, a restore from a backup, a theft. Three users of releases of different age.
 */
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { path } from '../../../scripts/paths.ts';
import { type CollectorProcess, startCollector } from '../../collector/support/collector-process.ts';
import { Desk, documentIn } from '../../collector/support/desk.ts';
import { correspond } from '../../support/correspondence.ts';
import { answering, inDays } from '../../support/maintainer.ts';
import { startReceiver } from '../../support/receiver.ts';
import { runWasp, type Variables } from '../../support/run-wasp.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const DAY = 86_400_000;
const PROGRAM = [process.execPath, '--require', path('test/support/clock.cjs'), path('dist/wasp.cjs')];
const accepted = expect.objectContaining({ kind: 'accepted' });
const refused = expect.objectContaining({ kind: 'refused' });

/** A user of a release that trusts these keys. */
async function userOf(...keys: string[]) {
  const { home, env, report, onTerminal } = await correspond();
  const fixed: Record<string, string> = { WASP_MESSAGES_PUBLIC_KEY: keys.join(' ') };
  const clock = (days: number): Variables => ({ ...fixed, CLOCK_OFF: String(days * DAY) });
  return {
    /** A later release, or another receiver. */
    set: (variables: Record<string, string>) => void Object.assign(fixed, variables),
    /** Reports with a clock that is wrong by so many days; what became of the messages in the answer. */
    report: (days = 0) => report(clock(days), PROGRAM),
    /** What is shown at the next command. */
    screen: (days = 0) => onTerminal(clock(days), [...PROGRAM, 'info']),
    /** Ids of all messages that hold. */
    async ids(days = 0): Promise<string[]> {
      const run = { home, env: { ...env, ...clock(days) }, program: PROGRAM };
      const { messages } = JSON.parse((await runWasp(['messages', '--json'], run)).stdout);
      return messages.map(({ id }: { id: string }) => id).sort();
    },
  };
}

type User = Awaited<ReturnType<typeof userOf>>;

let desk: Desk;
let collector: CollectorProcess | undefined;
let oldKey: string;
let newKey: string;
let users: { past: User; present: User; future: User };

beforeEach(async () => {
  desk = new Desk();
  [oldKey, newKey] = [await desk.keygen('old'), await desk.keygen('new')];
  users = {
    past: await userOf(oldKey),
    present: await userOf(oldKey, newKey),
    future: await userOf(newKey),
  };
});

/** Asks the same of each user. */
async function each<T>(ask: (user: User) => Promise<T>): Promise<T[]> {
  const answers: T[] = [];
  for (const user of Object.values(users)) answers.push(await ask(user));
  return answers;
}

const reports = () => each((user) => user.report());
const screens = () => each((user) => user.screen());
const ids = () => each((user) => user.ids());

/** From now on everyone reports to a collector over the data of the desk. */
async function serve(): Promise<void> {
  await collector?.end('SIGTERM');
  collector = await startCollector(desk.data);
  sendTo(`${collector.url}/capture`);
}

function sendTo(url: string): void {
  for (const user of Object.values(users)) user.set({ WASP_TELEMETRY_URL: url });
}

/** Exports, signs with these keys and publishes; returns the signed file. */
async function say(...keys: [string, ...string[]]): Promise<string> {
  const trusted = keys.map((key) => (key === 'old' ? oldKey : newKey)).join(' ');
  let file = await desk.export('--public-key', trusted);
  for (const key of keys) file = await desk.sign(file, key);
  expect(await desk.publish(file, '--public-key', trusted)).toMatchObject({ code: 0, stderr: '' });
  // A new server has looked at what is published; a running one does so once a second.
  await serve();
  return file;
}

/** Answers every report with this signed file from now on, as an attacker on the network would. */
async function attackWith(file: string): Promise<void> {
  const answer = JSON.stringify({ status: 1, ...JSON.parse(readFileSync(file, 'utf8')) });
  sendTo((await startReceiver(answering(() => answer))).url);
}

test('what is published reaches users, what is withdrawn stays withdrawn, all life long', async () => {
  // The old key alone.
  await desk.add('first');
  await say('old');
  expect(await reports()).toEqual([accepted, accepted, refused]);
  expect(await screens()).toEqual([
    expect.stringContaining('About first'),
    expect.stringContaining('About first'),
    '',
  ]);

  // Rotation: both keys sign, and no user stops to hear.
  await desk.add('second', '--level', 'critical', '--expires', inDays(20));
  const both = await say('old', 'new');
  expect(await reports()).toEqual([accepted, accepted, accepted]);

  // Clocks wrong by 30 days cost nothing for good.
  expect(await each((user) => user.ids(30))).toEqual([['first'], ['first'], ['first']]);
  expect(await each((user) => user.screen(30))).toEqual(['', '', expect.stringContaining('About first')]);
  const second = expect.stringContaining('critical: About second');
  expect(await screens()).toEqual([second, second, second]);
  expect(await screens()).toEqual(['', '', '']);

  // A withdrawal, which a clock that is behind refuses until it is right.
  await desk.message('withdraw', 'first');
  await say('old', 'new');
  expect(await each((user) => user.report(-30))).toEqual([refused, refused, refused]);
  expect(await each((user) => user.report(30))).toEqual([accepted, accepted, accepted]);
  expect(await ids()).toEqual([['second'], ['second'], ['second']]);
  await attackWith(both);
  expect(await reports()).toEqual([refused, refused, refused]);
  expect(await ids()).toEqual([['second'], ['second'], ['second']]);

  // The data are lost, and the backup is from before the latest document.
  const backup = join(temporaryDirectory(), 'backup.db');
  await desk.run(['backup', backup, '--data', desk.data]);
  await desk.add('third');
  const lost = await say('old', 'new');
  expect(await reports()).toEqual([accepted, accepted, accepted]);
  desk.data = temporaryDirectory();
  copyFileSync(backup, join(desk.data, 'collector.db'));
  await desk.add('fourth');
  const restored = await say('old', 'new');
  expect(documentIn(restored).serial).toBeGreaterThan(documentIn(lost).serial);
  expect(await reports()).toEqual([accepted, accepted, accepted]);
  expect(await ids()).toEqual(Array(3).fill(['fourth', 'second']));
  const fourth = expect.stringContaining('About fourth');
  expect(await screens()).toEqual([fourth, fourth, fourth]);

  // The old key is stolen, and its numbers are used up.
  const thief = new Desk();
  await thief.add('update-now', '--level', 'critical');
  copyFileSync(desk.key('old'), thief.key('old'));
  const highest = await thief.export('--serial', String(Number.MAX_SAFE_INTEGER));
  await attackWith(await thief.sign(highest, 'old'));
  expect(await reports()).toEqual([accepted, accepted, refused]);
  expect(await users.future.ids()).toEqual(['fourth', 'second']);

  // The new key alone speaks to all who trust it, and a release that trusts nothing else silences the thief.
  await desk.add('stolen-key', '--level', 'critical');
  await say('new');
  expect(await reports()).toEqual([refused, accepted, accepted]);
  const warned = expect.stringContaining('About stolen-key');
  expect(await screens()).toEqual([expect.not.stringContaining('stolen-key'), warned, warned]);
  users.past.set({ WASP_MESSAGES_PUBLIC_KEY: newKey });
  users.present.set({ WASP_MESSAGES_PUBLIC_KEY: newKey });
  expect(await reports()).toEqual([accepted, undefined, undefined]);
  expect(await ids()).toEqual(Array(3).fill(['fourth', 'second', 'stolen-key']));
});
