/**
 * `npm run bench:many [count]`: 10,000 commands with a report due, unless told another count, against endpoints that
 * refuse, stall and are dead. Afterwards no process may be left, and what lies on disk has to be bounded. The commands
 * run one after the other, and wait while more senders are alive than the machine may have memory for.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectHash } from '../src/front-end/telemetry/project.ts';
import { fullBacklog } from './full-backlog.ts';
import { listenOnLoopback } from './loopback.ts';
import { path } from './paths.ts';
import { senders, sendersGone } from './senders.ts';
import { makeSilentWasp } from './silent-wasp.ts';

const COUNT = Number(process.argv[2] ?? 10_000);
/** Each takes about 45 MB of its own. */
const MOST_SENDERS = Number(process.env.BENCH_SENDERS ?? 60);

const home = mkdtempSync(join(tmpdir(), 'wasp-bench-many-'));
const wasp = makeSilentWasp(home);
writeFileSync(join(home, '.wasproot'), '');
const state = join(home, '.cache/wasp/telemetry');
const pause = [join(state, 'claims'), join(state, `project-${projectHash(home)}`)];

const stalling = createServer(() => {});
const refusing = createServer();
const dead = await fullBacklog();
const ports = [await listenOnLoopback(refusing), await listenOnLoopback(stalling), dead.port];
const urls = ports.map((port) => `http://127.0.0.1:${port}/`);
refusing.close();

let most = 0;
const start = performance.now();
for (let n = 0; n < COUNT; n++) {
  // So that a report is due each time: without its pause this project would send two.
  // A sender may be writing there.
  for (const file of pause) rmSync(file, { recursive: true, force: true, maxRetries: 5 });
  const env = {
    HOME: home,
    PATH: '/usr/bin:/bin',
    WASP_BIN: wasp,
    WASP_TELEMETRY_URL: urls[n % urls.length],
  };
  const { status } = spawnSync(path('dist/wasp'), ['info'], { cwd: home, env, stdio: 'ignore' });
  if (status !== 0) throw new Error(`command ${n} ended with ${status}`);
  const alive = senders(home).length;
  most = Math.max(most, alive);
  if (alive > MOST_SENDERS) await fewer();
}
await sendersGone(home);

const files = readdirSync(state, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
const attempts = files.filter((file) => file.parentPath.endsWith('attempts')).length;
console.log(`${COUNT} due commands in ${((performance.now() - start) / 1000).toFixed(0)} s`);
console.log(`senders alive at once, at most: ${most}; now: ${senders(home).length}`);
console.log(`files: ${files.length}, of them attempts: ${attempts}`);
stalling.close();
dead.close();
rmSync(home, { recursive: true });
process.exit(attempts <= 200 && files.length <= attempts + 10 ? 0 : 1);

async function fewer(): Promise<void> {
  while (senders(home).length > MOST_SENDERS / 2) await new Promise((resolve) => setTimeout(resolve, 100));
}
