/** What stays on disk is bounded, whatever was killed and however often (docs/spec.md section 4). */
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, Home } from '../support/home.ts';
import { startFullBacklog, startRefusing } from '../support/misbehaving.ts';
import { makeSilentWasp } from '../support/programs.ts';
import { startReceiver } from '../support/receiver.ts';
import { runWasp } from '../support/run-wasp.ts';
import { senders, sendersGone } from '../support/senders.ts';

const wasp = makeSilentWasp();
/** No process can have it: the kernel's limit is 2^22. */
const NO_PROCESS = 2 ** 22 + 1;

test('what killed writers have left is tidied by the next sender, and nothing else', async () => {
  const home = new Home();
  const cache = join(home.folder, '.cache', 'wasp');
  const longAgo = Date.now() / 1000 - 2 * 3600;
  const leave = (file: string, seconds: number) => {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, 'half of it');
    utimesSync(file, seconds, seconds);
  };
  const gone = [
    join(home.telemetry, `signature.${NO_PROCESS}.1.new`),
    join(home.telemetry, `project-0123456789abcdef.${NO_PROCESS}.1.new`),
    join(home.telemetry, 'claims', '0123456789abcdef-other', `1.${NO_PROCESS}.1.new`),
    join(home.telemetry, 'attempts', `a.json.${process.pid}.1.new`),
    join(cache, 'messages', `inbox.json.${NO_PROCESS}.1.new`),
    join(home.config, `telemetry.json.${NO_PROCESS}.1.new`),
  ];
  for (const file of gone) leave(file, longAgo);
  const kept = [
    // A writer that is at it.
    [join(home.telemetry, `signature.${process.pid}.2.new`), Date.now() / 1000],
    // Not ours.
    [join(home.config, 'something.1.1.new'), longAgo],
    [join(cache, 'a.new'), longAgo],
  ] as const;
  for (const [file, seconds] of kept) leave(file, seconds);

  const receiver = await startReceiver();
  await runWasp(['info'], { home, env: { WASP_TELEMETRY_URL: receiver.url, WASP_BIN: wasp } });
  await receiver.received(1);
  await sendersGone(home);
  const left = filesBelow(home.folder).filter((name) => name.endsWith('.new'));
  expect(left.map((name) => join(home.folder, name)).sort()).toEqual(kept.map(([file]) => file).sort());
});

test('due commands against endpoints that refuse, stall and are dead leave no process, and 200 attempts', async () => {
  // scripts/bench-many.ts runs 10,000.
  const count = 24;
  const home = new Home();
  for (let old = 0; old < 250; old++) {
    const time = new Date(Date.UTC(2026, 0, 1) + old * 1000).toISOString().replaceAll(':', '-');
    home.write(`attempts/${time}-0123456789abcdef-other.json`, '{}');
  }
  const stalled = await startReceiver(() => {});
  const dead = await startFullBacklog();
  const [refused, unanswered] = [await startRefusing(), dead].map(
    (port) => `http://127.0.0.1:${port}/capture`,
  );
  const urls = [refused, stalled.url, unanswered];
  for (let n = 0; n < count; n++) {
    const env = { WASP_TELEMETRY_URL: urls[n % urls.length] as string, WASP_BIN: wasp };
    const { code, stderr } = await runWasp(['info'], { home, env, cwd: home.makeProject(`project-${n}`) });
    expect([code, stderr]).toEqual([0, '']);
  }
  const seen = senders(home).length;
  await sendersGone(home);
  expect(seen).toBeGreaterThan(0);
  expect(readdirSync(join(home.telemetry, 'attempts'))).toHaveLength(200);
  const state = home.telemetryFiles().filter((name) => !name.startsWith('attempts/'));
  // A claim and a shared file for each project, and one id.
  expect(state).toHaveLength(2 * count + 1);
});
