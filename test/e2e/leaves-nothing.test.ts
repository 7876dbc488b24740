/** What a command with a due report makes is for its user alone, and nothing else is made. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { home, receiver, run } from '../support/new-home.ts';
import { DIST_WASP } from '../support/run-wasp.ts';
import { sendersGone } from '../support/senders.ts';

test('under umask 000 all that is made is for this user alone', async () => {
  await run(['info'], {}, ['/bin/sh', '-c', 'umask 000; exec "$0" "$@"', DIST_WASP]);
  await receiver.received(1);
  await sendersGone(home);
  const folders = ['.cache', '.cache/wasp', '.cache/wasp/telemetry', '.cache/wasp/telemetry/claims'];
  for (const name of folders) expect(statSync(join(home.folder, name)).mode & 0o077).toBe(0);
  for (const name of home.telemetryFiles()) {
    expect(statSync(join(home.telemetry, name)).mode & 0o077).toBe(0);
  }
});

test('NODE_DEBUG prints nothing of the sender, NODE_V8_COVERAGE leaves no file', async () => {
  const coverage = join(home.folder, 'coverage');
  const { stderr } = await run(['info'], { NODE_DEBUG: 'child_process', NODE_V8_COVERAGE: coverage });
  await receiver.received(1);
  await sendersGone(home);
  expect(stderr).not.toContain('WASP_TELEMETRY');
  await run(['telemetry'], { NODE_V8_COVERAGE: coverage });
  expect(readdirSync(home.folder)).not.toContain('coverage');
});
