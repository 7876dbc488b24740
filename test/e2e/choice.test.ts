/** Off wins whenever it can't be ruled out (docs/spec.md section 5); how to mend it is said, and mends it. */
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ANOTHER_USER, CHOICE_CASES, type ChoiceCase } from '../support/choice-cases.ts';
import { Home } from '../support/home.ts';
import { makeSilentWasp } from '../support/programs.ts';
import { startReceiver } from '../support/receiver.ts';
import { DIST_WASP, type Run, runWasp, type Variables } from '../support/run-wasp.ts';
import { sendersGone } from '../support/senders.ts';

const wasp = makeSilentWasp();
chmodSync(dirname(dirname(wasp)), 0o755);
const isRoot = process.getuid?.() === 0;
const asAnotherUser = ['setpriv', `--reuid=${ANOTHER_USER}`, `--regid=${ANOTHER_USER}`, '--clear-groups'];
const named = (cases: readonly ChoiceCase[]) => cases.map((one) => [one.what, one] as const);

const cases = CHOICE_CASES.filter(({ ofAnotherUser }) => isRoot || !ofAnotherUser);
if (!isRoot)
  console.warn('NOT TESTED, because this user is not root: choices that another user may not read');

/** A home in which the choice is as the case has it. */
function setUp({ make, env, inShell, ofAnotherUser }: ChoiceCase, url: string): Run {
  const home = new Home();
  make?.(home.folder, join(home.config, 'telemetry.json'));
  if (ofAnotherUser) chownSync(home.folder, ANOTHER_USER, ANOTHER_USER);
  return {
    home,
    env: { WASP_TELEMETRY_URL: url, WASP_BIN: wasp, ...env },
    ...(ofAnotherUser && { program: [...asAnotherUser, DIST_WASP] }),
    ...(inShell && { program: ['/bin/sh', '-c', `${inShell} exec "$0" "$@"`, DIST_WASP] }),
  };
}

async function statusOf(run: Run): Promise<string> {
  const { on, reason } = JSON.parse((await runWasp(['telemetry', '--json'], run)).stdout);
  return `${on ? 'on' : 'off'}: ${reason}`.replaceAll(run.home.folder, '~');
}

test.each(named(cases))('%s: what is sent, and what the status says', async (_, one) => {
  const receiver = await startReceiver();
  const run = setUp(one, receiver.url);
  expect(await statusOf(run)).toBe(one.status);
  const preview = JSON.parse((await runWasp(['telemetry', 'show', 'info', '--json'], run)).stdout);
  expect(preview.wouldBeSent).toBe(one.sent);
  expect(await runWasp(['info'], run)).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
  if (one.sent) await receiver.received(1);
  await sendersGone(run.home);
  expect(receiver.requests).toHaveLength(one.sent ? 1 : 0);
});

const mendOf = ({ status }: ChoiceCase) => status.match(/To mend it: ((?:wasp|mv|rm|chmod|sudo) .*)$/)?.[1];

test.each(named(cases.filter(mendOf)))('%s: the way to mend it mends it', async (_, one) => {
  const run = setUp(one, 'http://127.0.0.1:9/');
  const mend = mendOf(one)
    ?.replace(/^sudo /, '')
    .replace('"$(id -un)"', String(ANOTHER_USER));
  if (mend?.startsWith('wasp ')) await runWasp(['telemetry', 'enable'], run);
  else execFileSync('/bin/sh', ['-c', mend as string], { env: { ...process.env, HOME: run.home.folder } });
  const enabled = await runWasp(['telemetry', 'enable'], run);
  expect([enabled.code, enabled.stderr]).toEqual([0, '']);
  expect(await statusOf(run)).toBe('on: nothing turns it off');
});

test.each<[string, (home: Home) => void, string]>([
  ['where a folder is a file', (home) => writeFileSync(join(home.folder, '.config'), ''), 'mv '],
  ['where a folder is a link to nowhere', (home) => symlinkSync('no', join(home.folder, '.config')), 'rm '],
  [
    'where the choice is a folder',
    (home) => mkdirSync(join(home.config, 'telemetry.json'), { recursive: true }),
    'mv ',
  ],
])('a choice that can’t be kept is an error that says what to do: %s', async (_, make, mend) => {
  const home = new Home();
  make(home);
  const run = { home, env: { WASP_TELEMETRY_URL: 'http://127.0.0.1:9/', WASP_BIN: wasp } };
  for (const word of ['disable', 'enable']) {
    const { code, stdout, stderr } = await runWasp(['telemetry', word], run);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`To mend it: ${mend}`);
    expect(stderr).toContain('DO_NOT_TRACK=1');
  }
});

test.each<[string, Variables]>([
  ['HOME is a device', { HOME: '/dev/null' }],
  ['HOME is somebody’s file', { HOME: '/etc/passwd' }],
  ['HOME is not there, and root’s folder is where it would be', { HOME: '/no-such-home' }],
  ['HOME can hold no files', { HOME: '/proc' }],
  ['XDG_CONFIG_HOME is a device', { XDG_CONFIG_HOME: '/dev/null' }],
  ['a name is too long', { XDG_CONFIG_HOME: `/${'long'.repeat(100)}` }],
  ['a path is too long', { HOME: '/long'.repeat(1000) }],
])('no command is named that would harm the system where %s', async (_, env) => {
  const home = new Home();
  chmodSync(home.folder, 0o755);
  const run: Run = { home, env: { WASP_TELEMETRY_URL: 'http://127.0.0.1:9/', WASP_BIN: wasp, ...env } };
  if (isRoot) run.program = [...asAnotherUser, DIST_WASP];
  const { code, stdout, stderr } = await runWasp(['telemetry', 'disable'], run);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(
    /^wasp: the choice can't be written down: [^\n]+ To mend it: set HOME[^\n]+\.\n[^\n]+\n$/,
  );
  for (const command of ['telemetry', 'telemetry --json', 'telemetry show', 'info']) {
    const ending = await runWasp(command.split(' '), run);
    expect([ending.code, ending.stderr]).toEqual([0, '']);
    expect(ending.stdout).not.toMatch(/chown|chmod|mv |rm /);
  }
});

(isRoot ? test : test.skip)(
  'a choice that root’s folder keeps a user from making names root and a command',
  async () => {
    const home = new Home();
    mkdirSync(home.config, { recursive: true });
    chownSync(home.folder, ANOTHER_USER, ANOTHER_USER);
    const { code, stderr } = await runWasp(['telemetry', 'disable'], {
      home,
      env: { WASP_TELEMETRY_URL: 'http://127.0.0.1:9/', WASP_BIN: wasp },
      program: [...asAnotherUser, DIST_WASP],
    });
    expect(code).toBe(1);
    expect(stderr).toContain(`${home.config} belongs to root`);
    // Both folders are root’s: one command mends it.
    expect(stderr).toContain(`sudo chown -R "$(id -un)" ${dirname(home.config)}.`);
  },
);
