/** Where state can't be kept, nothing is sent and nothing is said: the command runs as if nothing were there. */
import { chownSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { realWaspData } from '../../scripts/fetch-wasp.ts';
import { mounted, testWithMount } from '../support/namespace.ts';
import { home, receiver } from '../support/new-home.ts';
import { REAL_WASP } from '../support/programs.ts';
import { DIST_WASP, type Ending, runWasp, type Variables } from '../support/run-wasp.ts';
import { sendersGone } from '../support/senders.ts';
import { testAsRoot } from '../support/where-possible.ts';

/** Runs a first and later commands, and compares each with the real Wasp run bare. */
async function expectSilence(before: readonly string[] = [], env: Variables = {}): Promise<void> {
  const settings = { WASP_TELEMETRY_URL: receiver.url, WASP_BIN: REAL_WASP, ...env };
  const run = (args: string[], program: string, more: Variables): Promise<Ending> =>
    runWasp(args, { home, env: { ...settings, ...more }, program: [...before, program] });
  for (const command of ['version', 'db', 'version']) {
    const bare = await run([command], REAL_WASP, {
      waspc_datadir: realWaspData,
      WASP_TELEMETRY_DISABLE: '1',
    });
    expect(await run([command], DIST_WASP, {})).toEqual(bare);
  }
  await sendersGone(home);
}

/** Preview and status, asked before, don't promise a report. */
async function expectNoPromise(before: readonly string[], why: RegExp): Promise<void> {
  const env = { WASP_TELEMETRY_URL: receiver.url, WASP_BIN: REAL_WASP };
  const asked = async (...args: string[]) =>
    JSON.parse((await runWasp(args, { home, env, program: [...before, DIST_WASP] })).stdout);
  const preview = await asked('telemetry', 'show', 'version', '--json');
  expect([preview.wouldBeSent, preview.because]).toEqual([false, expect.stringMatching(why)]);
  const { slots } = await asked('telemetry', '--json');
  expect(slots.other.obstacle).toMatch(why);
}

const nothingSent = () => expect(receiver.connectionCount()).toBe(0);

test('without HOME', async () => {
  await expectSilence([], { HOME: undefined });
  nothingSent();
});

test('with an empty HOME', async () => {
  await expectSilence([], { HOME: '' });
  nothingSent();
});

test('with a HOME that does not exist and can’t be made', async () => {
  await expectSilence([], { HOME: '/proc/no-such-home' });
  nothingSent();
});

test('with XDG_CACHE_HOME alone: where the choice would be is not known, so it is off', async () => {
  await expectSilence([], { HOME: undefined, XDG_CACHE_HOME: join(home.folder, 'cache') });
  nothingSent();
});

test('with both XDG directories and no HOME, that is where state goes', async () => {
  const cache = join(home.folder, 'cache');
  const config = join(home.folder, 'config');
  await expectSilence([], { HOME: undefined, XDG_CACHE_HOME: cache, XDG_CONFIG_HOME: config });
  await receiver.received(1);
  expect(readdirSync(join(cache, 'wasp', 'telemetry'))).toContain('signature');
});

test('a relative XDG_CACHE_HOME, which is to be ignored, makes no folder in the project', async () => {
  await expectSilence([], { XDG_CACHE_HOME: 'cache' });
  expect(readdirSync(home.project)).not.toContain('cache');
});

describe.each([['.cache'], ['.cache/wasp'], ['.cache/wasp/telemetry'], ['.cache/wasp/telemetry/claims']])(
  'with something else than a folder at %s',
  (name) => {
    test.each<[string, (file: string) => void]>([
      ['a file', (file) => writeFileSync(file, '')],
      ['a link to nowhere', (file) => symlinkSync('/proc/no/such', file)],
      ['a link to itself', (file) => symlinkSync(file, file)],
    ])('%s', async (_, make) => {
      const file = join(home.folder, name);
      mkdirSync(dirname(file), { recursive: true });
      make(file);
      await expectSilence();
      nothingSent();
    });
  },
);

(process.platform === 'linux' ? test : test.skip).each<[string, Variables]>([
  ['a cache directory that can hold no files', { XDG_CACHE_HOME: '/proc' }],
  ['a cache directory whose name is too long', { XDG_CACHE_HOME: `/${'long'.repeat(100)}` }],
])('with %s, and no promise before', async (_, env) => {
  await expectNoPromise(
    ['env', ...Object.entries(env).map(([name, value]) => `${name}=${value}`)],
    /can't be kept/,
  );
  await expectSilence([], env);
  nothingSent();
});

test('with a folder where the signature should be', async () => {
  mkdirSync(join(home.telemetry, 'signature'), { recursive: true });
  await expectSilence();
  nothingSent();
});

test('with a file where the journal’s folder should be; the slot is given back', async () => {
  home.write('attempts', 'a file where a folder should be');
  await expectSilence();
  nothingSent();
  const opensIn = 12 * 3_600_000 - (Date.now() - Date.parse(home.sharedState()._lastCheckIn ?? ''));
  expect(opensIn).toBeLessThanOrEqual(15 * 60_000);
});

test('with a choice that can’t be read', async () => {
  mkdirSync(join(home.config, 'telemetry.json'), { recursive: true });
  await expectSilence();
  nothingSent();
  expect(home.telemetryFiles()).toEqual([]);
});

testWithMount('in a home that is read-only', async () => {
  await expectSilence(
    mounted(`mount --bind '${home.folder}' '${home.folder}' && mount -o remount,bind,ro '${home.folder}'`),
  );
  nothingSent();
  expect(home.telemetryFiles()).toEqual([]);
});

testWithMount('in a home that has become read-only after the first reports', async () => {
  await expectSilence();
  await receiver.received(1);
  home.passHours(13);
  await expectSilence(
    mounted(`mount --bind '${home.folder}' '${home.folder}' && mount -o remount,bind,ro '${home.folder}'`),
  );
  expect(receiver.requests).toHaveLength(1);
});

testWithMount('on a full disk', async () => {
  const cache = join(home.folder, '.cache');
  mkdirSync(cache);
  const fill = `mount -t tmpfs -o size=64k tmpfs '${cache}' && ! cat /dev/zero >'${cache}/full' 2>&-`;
  await expectNoPromise(mounted(fill), /disk .* is full. To mend it: make room/);
  await expectSilence(mounted(fill));
  nothingSent();
});

testWithMount('on a disk without room for another file', async () => {
  const cache = join(home.folder, '.cache');
  mkdirSync(cache);
  for (const inodes of [1, 4, 6]) {
    await expectNoPromise(
      mounted(`mount -t tmpfs -o nr_inodes=${inodes} tmpfs '${cache}'`),
      /disk .* is full/,
    );
  }
  // The folder itself, and the three that lead to the claims.
  for (const inodes of [1, 2, 3, 4, 5, 6, 7, 8]) {
    await expectSilence(mounted(`mount -t tmpfs -o nr_inodes=${inodes} tmpfs '${cache}'`));
  }
  // Each had a disk of its own.
  expect(receiver.requests.length).toBeLessThanOrEqual(8);
});

testAsRoot('with state that belongs to someone else', async () => {
  await expectSilence();
  await receiver.received(1);
  home.passHours(13);
  const nobody = 65534;
  chownSync(home.folder, nobody, nobody);
  const asNobody = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'];
  await expectSilence(asNobody);
  expect(receiver.requests).toHaveLength(1);
  rmSync(join(home.folder, '.cache'), { recursive: true });
});
