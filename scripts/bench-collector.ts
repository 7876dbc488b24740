/**
 * `npm run bench:collector`: how many reports per second are acknowledged, and so on the disk, at 64 connections;
 * beside it the same server without a store. Each round starts a server and warms it up, since a collector runs for
 * months. Rounds are interleaved, so that a slow minute of the machine hits all alike; medians are printed.
 *
 *     npm run bench:collector -- [ROUNDS] [SECONDS]
 */
import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readEvents } from '../src/collector/import-export/read-events.ts';
import { openStore } from '../src/collector/store/open-store.ts';
import { USERS } from './bench-collector/users.ts';
import { median } from './median.ts';
import { path } from './paths.ts';

const CONNECTIONS = '64';
const WARM_UP_SECONDS = '2';
const [rounds = '5', seconds = '4'] = process.argv.slice(2);

interface Measured {
  acknowledged: number;
  failures: number;
  perSecond: number;
  p50: number;
  p99: number;
}

const variants = (['new', 'keep-alive'] as const).flatMap((mode) => [
  { name: `${mode}, stored`, mode, durable: true },
  { name: `${mode}, no store`, mode, durable: false },
]);
const results = new Map<string, Measured[]>(variants.map(({ name }) => [name, []]));

for (let round = 0; round < Number(rounds); round += 1) {
  for (const { name, mode, durable } of variants) results.get(name)?.push(await measure(mode, durable));
}

console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, load generator included`);
console.log(
  `${CONNECTIONS} connections, ${rounds} interleaved rounds of ${seconds} s after ${WARM_UP_SECONDS} s of warm-up, medians`,
);
console.log(`the store knows ${USERS} users; one report in twenty comes from a new one\n`);
console.table(
  Object.fromEntries(
    [...results].map(([name, measured]) => [
      name,
      {
        'acks/s': Math.round(median(measured.map(({ perSecond }) => perSecond))),
        'p50 ms': round2(median(measured.map(({ p50 }) => p50))),
        'p99 ms': round2(median(measured.map(({ p99 }) => p99))),
        failures: measured.reduce((sum, { failures }) => sum + failures, 0),
      },
    ]),
  ),
);

/** One server process, one load process; throws if the store doesn't hold exactly what was acknowledged. */
async function measure(mode: string, durable: boolean): Promise<Measured> {
  const dataDir = durable ? mkdtempSync(join(tmpdir(), 'wasp-bench-')) : '';
  const server = fork(path('scripts/bench-collector/server.ts'), [dataDir]);
  try {
    const [port] = await once(server, 'message');
    const load = [
      path('scripts/bench-collector/load.ts'),
      String(port),
      CONNECTIONS,
      mode,
      WARM_UP_SECONDS,
      seconds,
    ];
    const { stdout } = await promisify(execFile)(process.execPath, load);
    server.kill('SIGKILL');
    await once(server, 'exit');
    const measured: Measured = JSON.parse(stdout);
    if (durable) check(dataDir, measured);
    return measured;
  } finally {
    server.kill('SIGKILL');
    if (durable) rmSync(dataDir, { recursive: true });
  }
}

function check(dataDir: string, { acknowledged, failures }: Measured): void {
  const store = openStore(dataDir);
  const events = [...readEvents(store)].length;
  const stored = events - USERS;
  store.close();
  if (stored < acknowledged || stored > acknowledged + failures) {
    throw new Error(`${acknowledged} were acknowledged, ${failures} were not, and ${stored} are stored`);
  }
}

function round2(number: number): number {
  return Math.round(number * 100) / 100;
}
