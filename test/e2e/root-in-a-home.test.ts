/** Root in the home of a user, and what it has left there: no one is locked out, and what would not be sent is said. */
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { asJson, home, receiver, run } from '../support/new-home.ts';
import { DIST_WASP } from '../support/run-wasp.ts';
import { sendersGone } from '../support/senders.ts';
import { testAsRoot } from '../support/where-possible.ts';

testAsRoot('root in the home of a user leaves nothing there, says so, and locks no one out', async () => {
  const user = 65534;
  chownSync(home.folder, user, user);
  chmodSync(home.folder, 0o755);
  expect((await asJson(['telemetry', '--json'])).slots.other.obstacle).toContain('lock them out');
  await run(['info']);
  const refused = await run(['telemetry', 'disable']);
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('without sudo')]);
  await sendersGone(home);
  expect(receiver.requests).toEqual([]);
  expect(readdirSync(home.folder)).toEqual(['my-app']);

  // Also where root has made the folders already.
  mkdirSync(home.telemetry, { recursive: true });
  mkdirSync(home.config, { recursive: true });
  await run(['info']);
  expect((await run(['telemetry', 'disable'])).code).toBe(1);
  await sendersGone(home);
  expect([home.telemetryFiles(), readdirSync(home.config)]).toEqual([[], []]);
});

testAsRoot('what root has left in the home of a user is named, with the command that mends it', async () => {
  const user = 65534;
  await run(['info']);
  await receiver.received(1);
  await sendersGone(home);
  chownSync(home.folder, user, user);
  chmodSync(home.folder, 0o755);
  const asUser = ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups', DIST_WASP];
  const { slots } = await asJson(['telemetry', '--json'], {}, asUser);
  const mend = `sudo chown -R "$(id -un)" ${join(home.folder, '.cache')}`;
  for (const slot of ['other', 'build']) expect(slots[slot].obstacle).toContain(mend);
  const { stdout } = await run(['telemetry'], {}, asUser);
  expect(stdout).not.toContain('free:');
  expect(stdout).toMatch(/Last attempt +can't be told: /);
  const reset = await run(['telemetry', 'reset'], {}, asUser);
  expect([reset.code, reset.stderr]).toEqual([1, expect.stringContaining(mend)]);
  const log = await run(['telemetry', 'log'], {}, asUser);
  expect([log.code, log.stdout, log.stderr]).toEqual([
    1,
    '',
    expect.stringMatching(/the log can't be read: .* belongs to root.* To mend it: sudo chown/),
  ]);
});

testAsRoot('a pause that can’t be looked up is said by preview and status alike', async () => {
  const user = 65534;
  await run(['info']);
  await receiver.received(1);
  await sendersGone(home);
  home.passHours(13);
  execFileSync('chown', ['-R', `${user}:${user}`, home.folder]);
  const [slot = ''] = readdirSync(join(home.telemetry, 'claims'));
  chmodSync(join(home.telemetry, 'claims', slot), 0o300);
  const asUser = ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups', DIST_WASP];
  const asked = (args: string[]) => asJson(args, {}, asUser);
  const unreadable = expect.stringContaining("the pause can't be read");
  expect((await asked(['telemetry', '--json'])).slots.other).toMatchObject({ obstacle: unreadable });
  expect(await asked(['telemetry', 'show', 'info', '--json'])).toMatchObject({ because: unreadable });
  await run(['info'], {}, asUser);
  await sendersGone(home);
  expect(receiver.requests).toHaveLength(1);
});
