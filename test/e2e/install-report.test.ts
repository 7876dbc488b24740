import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testRelease } from '../../scripts/test-release.ts';
import { DEFAULT_API_KEY, DEFAULT_URL } from '../../src/protocol/report.ts';
import { startReportReceiver } from '../support/install/report-receiver.ts';
import { findProgram, Sandbox, type Shell } from '../support/install/sandbox.ts';
import { shellsToTest } from '../support/install/shells.ts';
import { makeTinyRelease } from '../support/install/tiny-release.ts';

// Unpacking 110 MB takes long on a busy machine.
jest.setTimeout(180_000);

const FOLDER = `file://${testRelease}`;
const SYSTEM = process.platform === 'darwin' ? 'osx' : 'linux';
/** Ends before anything is fetched, but after the report is on its way. */
const QUICK = ['--version', '9.9.9'];

const SHELLS_HERE = shellsToTest();

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
    using sandbox = new Sandbox(shell);
    // Were they made of the time, they would be equal.
    sandbox.addScript('date', 'echo 1790000000');
    await using receiver = await startReportReceiver();
    const env = { WASP_INSTALL_BASE_URL: FOLDER, WASP_TELEMETRY_URL: receiver.url };
    await Promise.all(Array.from({ length: 5 }, () => sandbox.install(QUICK, env)));
    expect(new Set(await receiver.received(5)).size).toBe(5);
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
    await expectOnlyTheNext(sandbox, receiver);
  });

  test.each([
    ['off', '{"enabled":false}\n'],
    ['something that is not understood', 'enabled?'],
  ])('after `wasp telemetry` was set to %s, nothing is sent', async (_, choice) => {
    using sandbox = new Sandbox(shell);
    mkdirSync(join(sandbox.home, '.config/wasp'), { recursive: true });
    writeFileSync(join(sandbox.home, '.config/wasp/telemetry.json'), choice);
    await using receiver = await startReportReceiver();
    const { stdout } = await sandbox.install(QUICK, { WASP_TELEMETRY_URL: receiver.url });
    expect(stdout).not.toContain('Counting');
    writeFileSync(join(sandbox.home, '.config/wasp/telemetry.json'), '{"enabled":true}\n');
    await expectOnlyTheNext(sandbox, receiver);
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
  await expectOnlyTheNext(sandbox, receiver);
});

test('the receiver is that of the front end', async () => {
  using sandbox = new Sandbox('dash');
  // Nothing leaves.
  sandbox.addScript('curl', 'exit 1');
  const { WASP_TELEMETRY_URL: _, ...env } = sandbox.env({ WASP_INSTALL_BASE_URL: FOLDER });
  const { stdout } = await sandbox.runIn(env, QUICK);
  expect(stdout).toContain(`go to ${DEFAULT_URL}. `);
});

/** A shell command that waits until a file is there, and not for ever. */
function waitFor(sandbox: Sandbox, file: string): string {
  const sleep = findProgram('sleep');
  return `for i in $(${findProgram('seq')} 1 1000); do [ -e "${sandbox.home}/${file}" ] && break; ${sleep} 0.1; done`;
}

/** The next installation's report is the first that arrives, so there was none before it. */
async function expectOnlyTheNext(
  sandbox: Sandbox,
  receiver: Awaited<ReturnType<typeof startReportReceiver>>,
) {
  await sandbox.install(QUICK, { WASP_TELEMETRY_URL: receiver.url });
  await receiver.received(1);
  expect(receiver.bodies).toHaveLength(1);
}
