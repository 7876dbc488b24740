/**
 * `npm run fuzz:collector`: 100,000 seeded requests against the built collector. Fails if it ends, lets a request hang,
 * answers with a 5xx, miscounts, or grows.
 *
 *     npm run fuzz:collector -- [COUNT] [SEED]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fuzz } from './fuzz-collector/fuzz.ts';
import { path } from './paths.ts';

const [count = 100_000, seed = 1] = process.argv.slice(2).map(Number);
/** Megabytes by which the process may be larger at the end than after the first fifth, when its caches have filled. */
const GROWTH_LIMIT = 40;

const dataDir = mkdtempSync(join(tmpdir(), 'wasp-fuzz-'));
const limits = ['--address-limit', 'off', '--key-limit', 'off'];
const collector = spawn(
  path('dist/wasp-collector'),
  ['serve', '--data', dataDir, '--listen', '127.0.0.1:0', ...limits],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
const ended = once(collector, 'exit').then(([code, signal]) => {
  throw new Error(`the collector ended in the middle: ${code ?? signal}`);
});
try {
  const [line] = await Promise.race([once(collector.stdout, 'data'), ended]);
  const port = Number(/:(\d+),/.exec(String(line))?.[1]);
  const memory: number[] = [];
  const step = Math.ceil(count / 20);
  const statuses = await Promise.race([
    fuzz(port, seed, count, (answered) => {
      if (answered % step === 0) memory.push(residentMegabytes());
    }),
    ended,
  ]);

  console.log(`${count} requests, seed ${seed}`);
  console.log(
    Object.fromEntries(
      [...statuses].toSorted(([a], [b]) => a - b).map(([status, times]) => [status || 'closed', times]),
    ),
  );
  console.log(`resident MB, a twentieth apart: ${memory.map(Math.round).join(' ')}`);
  check(
    [...statuses.keys()].every((status) => status < 500),
    'a 5xx was answered',
  );
  check(
    (memory.at(-1) ?? 0) - (memory[3] ?? 0) < GROWTH_LIMIT,
    `memory grew by more than ${GROWTH_LIMIT} MB`,
  );
  await checkCounters(port);
} finally {
  ended.catch(() => {});
  collector.kill('SIGKILL');
  rmSync(dataDir, { recursive: true });
}

function residentMegabytes(): number {
  const status = readFileSync(`/proc/${collector.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1000;
}

/** Received = stored + duplicates + dropped. */
async function checkCounters(port: number): Promise<void> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const sum = (name: string) =>
    [...text.matchAll(new RegExp(`^wasp_collector_events_${name}_total(?:{.*})? (\\d+)$`, 'gm'))].reduce(
      (total, [, value]) => total + Number(value),
      0,
    );
  const [received, stored, duplicates, dropped] = ['received', 'stored', 'duplicate', 'dropped'].map(sum);
  console.log({ received, stored, duplicates, dropped });
  check(received === (stored ?? 0) + (duplicates ?? 0) + (dropped ?? 0), 'events were miscounted');
  check((stored ?? 0) > 0, 'nothing was stored');
}

function check(condition: boolean, failure: string): void {
  if (condition) return;
  console.error(`fuzz: ${failure}`);
  process.exitCode = 1;
}
