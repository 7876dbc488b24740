/** From a maintainer's thought to a user's terminal, with both built executables. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli } from '../../collector/support/cli.ts';
import { startCollector } from '../../collector/support/collector-process.ts';
import { type Correspondence, correspond } from '../../support/correspondence.ts';
import { testWithOpenssl } from '../../support/openssl.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { until } from '../../support/until.ts';

let user: Correspondence;
let data: string;
let offline: string;
let key: string;
let publicKey: string;
let collectorUrl: string;

beforeEach(async () => {
  user = await correspond();
  data = temporaryDirectory();
  offline = temporaryDirectory();
  key = join(offline, 'key.pem');
  publicKey = (await run('keygen', key)).trim();
  collectorUrl = (await startCollector(data)).url;
});

async function run(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await cli(args);
  expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
  return stdout;
}

/** Exports, signs offline, publishes to the running server, and waits until it hands that document out. */
async function publish(): Promise<void> {
  const unsigned = join(offline, 'unsigned.json');
  const signed = join(offline, 'signed.json');
  writeFileSync(unsigned, await run('message', 'export', '--data', data));
  writeFileSync(signed, await run('message', 'sign', unsigned, '--key', key));
  const told = await run('message', 'publish', signed, '--data', data, '--public-key', publicKey);
  expect(told).toMatch(/^published document \d+, until /);
  const text = readFileSync(signed, 'utf8').trim();
  await until('the server hands it out', async () => {
    const answer = await fetch(`${collectorUrl}/messages.json`);
    return answer.ok && (await answer.text()) === text;
  });
}

test('a new version is announced: signed offline, served, received by a report, shown once', async () => {
  await run('message', 'add', '--new-version', '0.26.0', '--data', data);
  await publish();
  const env = { WASP_TELEMETRY_URL: `${collectorUrl}/capture`, WASP_MESSAGES_PUBLIC_KEY: publicKey };
  expect(await user.report(env)).toEqual({ kind: 'accepted', serial: expect.any(Number), notes: [] });

  expect(await user.onTerminal({ ...env, CI: 'true' })).toBe('');
  const screen = await user.onTerminal(env);
  expect(screen).toContain('info: Wasp 0.26.0 is out');
  expect(screen).toContain('npm i -g @wasp.sh/wasp-cli@0.26.0');
  expect(await user.onTerminal(env)).toBe('');

  await run('message', 'withdraw', 'wasp-0.26.0', '--data', data);
  await publish();
  expect(await user.report(env)).toEqual({ kind: 'accepted', serial: expect.any(Number), notes: [] });
  expect(await user.report(env)).toBeUndefined();
});

test('reports that go elsewhere fetch the signed file that the collector, or any web server, has', async () => {
  await run('message', 'add', '--id', 'hole', '--level', 'critical', '--title', 'A hole', '--data', data);
  await publish();
  const env = { WASP_MESSAGES_URL: `${collectorUrl}/messages.json`, WASP_MESSAGES_PUBLIC_KEY: publicKey };
  expect(await user.report(env)).toMatchObject({ kind: 'accepted', serial: expect.any(Number) });
  expect(await user.report(env)).toMatchObject({ kind: 'nothing new', serial: expect.any(Number) });
  expect(await user.onTerminal(env)).toContain('critical: A hole');
});

testWithOpenssl(
  'what another program has signed, byte for byte as it was exported, reaches users too',
  async () => {
    await run('message', 'add', '--id', 'a', '--title', 'By a token', '--data', data);
    const unsigned = join(offline, 'unsigned.json');
    writeFileSync(unsigned, await run('message', 'export', '--data', data));
    const signature = join(offline, 'signature');
    execFileSync('openssl', [
      'pkeyutl',
      '-sign',
      '-rawin',
      '-inkey',
      key,
      '-in',
      unsigned,
      '-out',
      signature,
    ]);
    await run(
      'message',
      'publish',
      unsigned,
      '--signature',
      signature,
      '--data',
      data,
      '--public-key',
      publicKey,
    );
    const env = { WASP_TELEMETRY_URL: `${collectorUrl}/capture`, WASP_MESSAGES_PUBLIC_KEY: publicKey };
    await until('it is in the answer', async () => (await user.report(env))?.kind === 'accepted');
    expect(await user.onTerminal(env)).toContain('info: By a token');
  },
);
