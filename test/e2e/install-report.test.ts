import { chownSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { path } from '../../scripts/paths.ts';
import { testRelease } from '../../scripts/test-release.ts';
import { DEFAULT_API_KEY, DEFAULT_URL } from '../../src/protocol/report.ts';
import { ANOTHER_USER, CHOICE_CASES, type ChoiceCase } from '../support/choice-cases.ts';
import { type ReportReceiver, startReportReceiver } from '../support/install/report-receiver.ts';
import { findProgram, run, Sandbox, type Shell } from '../support/install/sandbox.ts';
import { shellsToTest } from '../support/install/shells.ts';
import { makeTinyRelease } from '../support/install/tiny-release.ts';
import { waitFor } from '../support/install/wait-for.ts';

const FOLDER = `file://${testRelease}`;
const SYSTEM = process.platform === 'darwin' ? 'osx' : 'linux';
/** Ends before anything is fetched, but after the report is on its way. */
const QUICK = ['--version', '9.9.9'];

const SCRIPT = path('scripts/install.sh');
const SHELLS_HERE = shellsToTest();

const isRoot = process.getuid?.() === 0;
const cases = CHOICE_CASES.filter(({ ofAnotherUser }) => isRoot || !ofAnotherUser);
/** Zsh itself sets HOME where there is none. */
const casesUnder = (shell: Shell) =>
  cases.filter(({ env }) => shell !== 'zsh' || !env || env.HOME !== undefined || !('HOME' in env));
const asAnotherUser = [`--reuid=${ANOTHER_USER}`, `--regid=${ANOTHER_USER}`, '--clear-groups', '--'];

describe.each(SHELLS_HERE)('under %s', (shell) => {
  test.each(['curl', 'wget'])(
    'one report per installation leaves with %s, of random digits and the system alone',
    async (downloader) => {
      using sandbox = new Sandbox(shell, [downloader]);
      await using receiver = await startReportReceiver();
      const env = { WASP_INSTALL_BASE_URL: FOLDER, WASP_TELEMETRY_URL: receiver.url };
      const { stdout } = await sandbox.install(QUICK, env);
      const [body] = await receiver.received(1);
      const digits = body?.match(/"distinct_id":"(\d{10,})"/)?.[1];
      expect(body).toBe(
        `{"api_key":"${DEFAULT_API_KEY}","event":"install-script:run","properties":{"distinct_id":"${digits}","os":"${SYSTEM}"}}`,
      );
      expect(stdout.split('\n')[0]).toBe(
        `Counting this install: a random number and "${SYSTEM}" go to ${receiver.url}. WASP_TELEMETRY_DISABLE=1 turns this off.`,
      );
      expect(receiver.bodies).toHaveLength(1);
    },
  );

  test('the digits differ between installations at the same time', async () => {
    await using receiver = await startReportReceiver();
    const env = { WASP_INSTALL_BASE_URL: FOLDER, WASP_TELEMETRY_URL: receiver.url };
    const installOnce = async () => {
      using sandbox = new Sandbox(shell);
      // Were they made of the time, they would be equal.
      sandbox.addScript('date', 'echo 1790000000');
      await sandbox.install(QUICK, env);
    };
    await Promise.all(Array.from({ length: 5 }, installOnce));
    expect(new Set(await receiver.received(5)).size).toBe(5);
  });

  test('a retry within an hour is the same attempt, one after an hour is another, and of many at once one counts', async () => {
    using sandbox = new Sandbox(shell);
    await using receiver = await startReportReceiver();
    const attempt = async (time: number) => {
      sandbox.addScript('date', `echo ${time}`);
      const { stdout } = await sandbox.install(QUICK, { WASP_TELEMETRY_URL: receiver.url });
      return stdout.includes('Counting this install');
    };
    const start = 1_790_000_000;
    const counted: boolean[] = [];
    for (const seconds of [0, 1, 3599, 3600, 3601, 7199, 7200, 100_000])
      counted.push(await attempt(start + seconds));
    expect(counted).toEqual([true, false, false, true, false, false, true, true]);
    await receiver.received(4);
    const many = await Promise.all(Array.from({ length: 8 }, () => attempt(start + 200_000)));
    expect(many.filter(Boolean)).toHaveLength(1);
    await receiver.received(5);
    expect(receiver.bodies).toHaveLength(5);
    // Nothing piles up.
    const stamps = readdirSync(join(sandbox.home, '.cache/wasp/telemetry'));
    expect(stamps.length).toBeLessThanOrEqual(2);
  });

  test('a clock that was set back counts nothing twice', async () => {
    using sandbox = new Sandbox(shell);
    const counted: boolean[] = [];
    for (const time of [1_790_000_000, 1_780_000_000, 1_780_000_001]) {
      sandbox.addScript('date', `echo ${time}`);
      counted.push((await sandbox.install(QUICK)).stdout.includes('Counting'));
    }
    expect(counted).toEqual([true, false, false]);
  });

  test('what is off for wasp is off here, and what is on is on', async () => {
    await using receiver = await startReportReceiver();
    const counted: (readonly [string, boolean])[] = [];
    for (const one of casesUnder(shell)) {
      using sandbox = new Sandbox(shell);
      counted.push([one.what, await isCounted(sandbox, one, receiver.url)]);
    }
    expect(counted).toEqual(casesUnder(shell).map(({ what, sent }) => [what, sent]));
    const expected = counted.filter(([, sent]) => sent).length;
    await receiver.received(expected);
    await expectOnlyTheNext(receiver, expected);
  });

  test.each([
    ['on, as `wasp telemetry enable` writes it', '{"enabled":true}\n', true],
    ['on, as the notice leaves it', '{"enabled":true,"noticeShown":"2026-01-01"}\n', true],
    ['off, and then on', '{"enabled":false}\n{"enabled":true}\n', false],
    ['on, and then off', '{"enabled":true}\n{"enabled":false}\n', false],
    ['on, torn', '{"enabled":true,"notice', false],
    ['on, with the word for off in a comment', '{"enabled":false,"was":{"enabled":true}}', false],
    ['on, and then a byte of nothing', '{"enabled":true}\0', false],
    ['on, with a date that is none', '{"enabled":true,"noticeShown":"","enabled":false}', false],
  ])('a choice in a file: %s', async (_, content, sent) => {
    using sandbox = new Sandbox(shell);
    mkdirSync(join(sandbox.home, '.config/wasp'), { recursive: true });
    writeFileSync(join(sandbox.home, '.config/wasp/telemetry.json'), content);
    const { stdout } = await sandbox.install(QUICK);
    expect(stdout.includes('Counting this install')).toBe(sent);
  });

  test('in CI nothing is counted', async () => {
    using sandbox = new Sandbox(shell);
    expect((await sandbox.install(QUICK, { CI: '1' })).stdout).not.toContain('Counting');
    expect((await sandbox.install(QUICK, { CI: 'false', BUILD_ID: '1' })).stdout).toContain('Counting');
  });

  test('the key is that of the environment, whatever is in it', async () => {
    using sandbox = new Sandbox(shell);
    await using receiver = await startReportReceiver();
    const key = 'a "key" with a \\';
    await sandbox.install(QUICK, { WASP_TELEMETRY_URL: receiver.url, WASP_TELEMETRY_API_KEY: key });
    const [body] = await receiver.received(1);
    expect(JSON.parse(body ?? '')).toMatchObject({ api_key: key, event: 'install-script:run' });
  });

  test.each<[string, Record<string, string>]>([
    ['WASP_TELEMETRY_DISABLE=1', { WASP_TELEMETRY_DISABLE: '1' }],
    ['WASP_TELEMETRY_DISABLE, empty', { WASP_TELEMETRY_DISABLE: '' }],
    ['DO_NOT_TRACK=1', { DO_NOT_TRACK: '1' }],
    ['DO_NOT_TRACK=true', { DO_NOT_TRACK: 'true' }],
  ])('%s: nothing is sent, and nothing is said of sending', async (_, env) => {
    using sandbox = new Sandbox(shell);
    await using receiver = await startReportReceiver();
    const { stdout } = await sandbox.install(QUICK, { ...env, WASP_TELEMETRY_URL: receiver.url });
    expect(stdout).not.toContain('Counting');
    await expectOnlyTheNext(receiver);
  });

  test.each(['', '0', 'false'])('DO_NOT_TRACK=%j is no wish to be left alone', async (value) => {
    using sandbox = new Sandbox(shell);
    await using receiver = await startReportReceiver();
    await sandbox.install(QUICK, { DO_NOT_TRACK: value, WASP_TELEMETRY_URL: receiver.url });
    expect(await receiver.received(1)).toHaveLength(1);
  });

  test('a receiver that refuses leaves the installation as it is', async () => {
    using sandbox = new Sandbox(shell);
    const url = await makeTinyRelease(sandbox.home, '0.25.0');
    const env = { WASP_INSTALL_BASE_URL: url, WASP_TELEMETRY_URL: 'http://127.0.0.1:9/' };
    expect(await sandbox.install([], env)).toMatchObject({ code: 0, stderr: '' });
  });
});

test('a receiver that stalls holds neither the installer nor its output, and the report gives up by itself', async () => {
  const stall = async (shell: Shell, downloader: string) => {
    using sandbox = new Sandbox(shell, [downloader]);
    await using receiver = await startReportReceiver({ stall: true });
    // Fetching waits until the report has arrived, then fails. The alarm's five seconds last until the installer has ended.
    sandbox.addScript('cp', `${waitFor(sandbox, 'arrived')}; exit 1`);
    sandbox.addScript('sleep', `[ "$1" != 5 ] || ${waitFor(sandbox, 'ended')}`);
    const env = { WASP_INSTALL_BASE_URL: FOLDER, WASP_TELEMETRY_URL: receiver.url };
    const ended = sandbox.install([], env);
    await receiver.received(1);
    writeFileSync(join(sandbox.home, 'arrived'), '');
    const { code, stderr } = await ended;
    expect(stderr).toContain("latest.json can't be fetched");
    expect(code).toBe(1);
    expect(receiver.isWaitedFor()).toBe(true);
    writeFileSync(join(sandbox.home, 'ended'), '');
    await receiver.abandoned();
  };
  await Promise.all(SHELLS_HERE.flatMap((shell) => [stall(shell, 'curl'), stall(shell, 'wget')]));
});

test.each([
  'http://example.com/',
  'http://127.0.0.1.example.com/',
  'http://127.0.0.1:1@example.com/',
  'nonsense',
])('nothing goes to %s', async (url) => {
  using sandbox = new Sandbox('dash');
  sandbox.addScript('curl', 'exit 1');
  const { stdout } = await sandbox.install(QUICK, {
    WASP_TELEMETRY_URL: url,
    WASP_INSTALL_BASE_URL: FOLDER,
  });
  expect(stdout).not.toContain('Counting');
});

test('uninstalling, help and mistakes send nothing', async () => {
  using sandbox = new Sandbox('dash');
  await using receiver = await startReportReceiver();
  for (const args of [['--uninstall'], ['--help'], ['--version'], ['--colour']]) {
    await sandbox.install(args, { WASP_TELEMETRY_URL: receiver.url });
  }
  await expectOnlyTheNext(receiver);
});

test('the receiver is that of the front end', async () => {
  using sandbox = new Sandbox('dash');
  // Nothing leaves.
  sandbox.addScript('curl', 'exit 1');
  const { WASP_TELEMETRY_URL: _, ...env } = sandbox.env({ WASP_INSTALL_BASE_URL: FOLDER });
  const { stdout } = await sandbox.runIn(env, QUICK);
  expect(stdout).toContain(`go to ${DEFAULT_URL}. `);
});

/** Does the installer say that it counts, where the choice is as the case has it? */
async function isCounted(sandbox: Sandbox, one: ChoiceCase, url: string): Promise<boolean> {
  one.make?.(sandbox.home, join(sandbox.home, '.config/wasp/telemetry.json'));
  const env = { ...sandbox.env({ WASP_TELEMETRY_URL: url }), ...one.env };
  const command = [...sandbox.shellCommand(), SCRIPT, ...QUICK, '--bin-dir', join(sandbox.home, 'bin')];
  if (one.inShell) command.unshift('/bin/sh', '-c', `${one.inShell} exec "$0" "$@"`);
  if (one.ofAnotherUser) {
    for (const place of [sandbox.home, sandbox.tools]) chownSync(place, ANOTHER_USER, ANOTHER_USER);
    command.unshift(findProgram('setpriv') as string, ...asAnotherUser);
  }
  const present = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const { stdout } = await run(command, Object.fromEntries(present), sandbox.home);
  return stdout.includes('Counting this install');
}

/** The next installation's report, in another home, is the next that arrives, so there was none before it. */
async function expectOnlyTheNext(receiver: ReportReceiver, before = 0) {
  using sandbox = new Sandbox('dash');
  await sandbox.install(QUICK, { WASP_TELEMETRY_URL: receiver.url });
  await receiver.received(before + 1);
  expect(receiver.bodies).toHaveLength(before + 1);
}
