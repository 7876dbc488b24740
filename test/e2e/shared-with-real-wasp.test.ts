/**
 * The pause holds whichever Wasp made it. The real one addresses app.posthog.com and can't be told otherwise, so it
 * runs where that name is this machine, and where no other name can be looked up.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { realWaspData } from '../../scripts/fetch-wasp.ts';
import { makeCertificate } from '../support/certificate.ts';
import { Home, temporaryFolder } from '../support/home.ts';
import { mounted, testWithMount } from '../support/namespace.ts';
import { home, receiver } from '../support/new-home.ts';
import { OWN_ADDRESS } from '../support/own-address.ts';
import { REAL_WASP } from '../support/programs.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { DIST_WASP, runWasp } from '../support/run-wasp.ts';
import { sendersGone } from '../support/senders.ts';
import { until } from '../support/until.ts';
import vectors from '../vectors.json' with { type: 'json' };

const HOST = 'app.posthog.com';

/** Stands where the real Wasp sends to. */
let posthog: Receiver;
let enclosure: string[];
let authority: string;

async function startPosthog(): Promise<void> {
  const folder = temporaryFolder();
  const certificate = await makeCertificate(HOST);
  authority = join(folder, 'ca.pem');
  writeFileSync(authority, certificate.cert);
  writeFileSync(join(folder, 'hosts'), `127.0.0.1 localhost\n${OWN_ADDRESS} ${HOST}\n`);
  writeFileSync(join(folder, 'resolv.conf'), 'nameserver 127.77.7.54\n');
  const files = ['hosts', 'resolv.conf'];
  enclosure = mounted(files.map((file) => `mount --bind '${join(folder, file)}' /etc/${file}`).join(' && '));
  posthog = await startReceiver(undefined, certificate, { host: OWN_ADDRESS, port: 443 });
}

/** The real Wasp bare, its telemetry on. */
async function runBare(): Promise<void> {
  const env = {
    WASP_TELEMETRY_URL: 'http://127.0.0.1:9/',
    waspc_datadir: realWaspData,
    SYSTEM_CERTIFICATE_PATH: authority,
  };
  const { code } = await runWasp(['version'], { home, env, program: [...enclosure, REAL_WASP] });
  expect(code).toBe(0);
}

/**
 * The first report of the real Wasp, which gives up after a second without remembering that it tried: on a busy machine it
 * has to be run again.
 */
async function reportOf(runReal: () => Promise<unknown>): Promise<string> {
  return until('the real Wasp has reported', async () => {
    await runReal();
    return posthog.requests[0]?.body;
  });
}

async function runFrontEnd(): Promise<void> {
  const env = { WASP_TELEMETRY_URL: receiver.url, WASP_BIN: REAL_WASP };
  expect((await runWasp(['version'], { home, env })).code).toBe(0);
  await sendersGone(home);
}

testWithMount(
  'what the real Wasp has just reported, the front end does not, and is the same person',
  async () => {
    await startPosthog();
    const theirs = await reportOf(runBare);
    await runFrontEnd();
    expect(receiver.connectionCount()).toBe(0);

    home.passHours(12.01);
    await runFrontEnd();
    const [ours] = await receiver.received(1);
    const person = (body = '{}') => {
      const { distinct_id, project_hash, wasp_version, os } = JSON.parse(body).properties;
      return { distinct_id, project_hash, wasp_version, os };
    };
    expect(person(ours?.body)).toEqual(person(theirs));
    await posthog.close();
  },
);

testWithMount('what the front end has just reported, the real Wasp does not', async () => {
  await startPosthog();
  await runFrontEnd();
  await receiver.received(1);
  await runBare();
  expect(posthog.connectionCount()).toBe(0);

  // It would have come this way.
  home.passHours(12.01);
  const theirs = await reportOf(runBare);
  expect(JSON.parse(theirs).properties.distinct_id).toBe(home.read('signature'));
  await posthog.close();
});

testWithMount(
  'a project whose path holds bytes that are no characters is the same project for both',
  async () => {
    await startPosthog();
    const script = `D="$HOME/zw\u00f6lf$(printf 'a\\377\\355\\240\\200')"; mkdir -p "$D/src"; touch "$D/.wasproot"; cd "$D/src"; exec "$@"`;
    const within = ['/bin/sh', '-c', script, 'sh'];
    const bare = { waspc_datadir: realWaspData, SYSTEM_CERTIFICATE_PATH: authority, LANG: 'C.UTF-8' };
    const env = { WASP_TELEMETRY_URL: receiver.url, WASP_BIN: REAL_WASP };
    const hash = (body = '{}') => JSON.parse(body).properties.project_hash;

    const theirs = await reportOf(() =>
      runWasp(['version'], {
        home,
        env: { ...env, ...bare },
        program: [...enclosure, ...within, REAL_WASP],
      }),
    );
    await runWasp(['version'], { home, env, program: [...within, DIST_WASP] });
    await sendersGone(home);
    expect(receiver.connectionCount()).toBe(0);
    home.passHours(12.01);
    await runWasp(['version'], { home, env, program: [...within, DIST_WASP] });
    const [ours] = await receiver.received(1);
    expect(hash(ours?.body)).toBe(hash(theirs));
    await posthog.close();
  },
);

test('a state file as the real Wasp writes it holds the pause, to the nanosecond', async () => {
  const { content } = vectors.state_file_as_written_by_the_real_wasp;
  await runFrontEnd();
  await receiver.received(1);
  const [name] = home.telemetryFiles().filter((file) => file.startsWith('project-'));
  // As after a first run of the real Wasp alone.
  const fresh = new Home();
  const hours = (n: number) => new Date(Date.now() - n * 3_600_000).toISOString().replace('Z', '667126Z');
  const write = (stamp: string) => fresh.write(name ?? '', content.replace(/"2026[^"]*"/, `"${stamp}"`));
  const env = { WASP_TELEMETRY_URL: receiver.url, WASP_BIN: REAL_WASP };
  const run = async () => {
    await runWasp(['version'], { home: fresh, env, cwd: home.project });
    await sendersGone(fresh);
  };
  write(hours(11.99));
  await run();
  expect(receiver.requests).toHaveLength(1);
  write(hours(12.01));
  await run();
  expect(receiver.requests).toHaveLength(2);
});
