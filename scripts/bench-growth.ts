/**
 * `npm run bench:growth`: what receiving a report costs, by how much the store holds already. For each size, from new
 * and from returning users, with and without uuid: acknowledged reports per second, beside the same server without a
 * store in the same round; processor time, bytes and the longest commit. Rounds are interleaved; medians are printed.
 *
 *     npm run bench:growth -- [--sizes 0,1000000,10000000] [--rounds 3] [--seconds 4] [--plot docs/images/growth.svg]
 */
import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { openStore } from '../src/collector/store/open-store.ts';
import { plot } from './bench-growth/plot.ts';
import type { Usage } from './bench-growth/server.ts';
import { insertInvented } from './invented-events.ts';
import { median } from './median.ts';
import { path } from './paths.ts';

const CONNECTIONS = '64';
const WARM_UP_SECONDS = 1;

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '0,1000000,10000000' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '4' },
    plot: { type: 'string' },
  },
});
const sizes = values.sizes.split(',').map(Number);
const kinds = (['returning', 'new'] as const).flatMap((users) => [
  { name: `${users}`, newcomers: users === 'new' ? 1 : 0, uuid: false },
  { name: `${users}, with uuid`, newcomers: users === 'new' ? 1 : 0, uuid: true },
]);
type Kind = (typeof kinds)[number];

interface Measured extends Usage {
  perSecond: number;
}

const folder = mkdtempSync(join(tmpdir(), 'wasp-bench-growth-'));
const stored = new Map<string, Measured[]>();
const notStored = new Map<string, Measured[]>();
try {
  for (const size of sizes) fill(directoryOf(size), size);
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const kind of kinds) {
      note(notStored, kind.name, await measure('', kind));
      for (const size of sizes) note(stored, keyOf(size, kind), await measure(directoryOf(size), kind));
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
print();

function directoryOf(size: number): string {
  return join(folder, String(size));
}

function keyOf(size: number, { name }: Kind): string {
  return `${size.toLocaleString('en')} events, ${name}`;
}

function note(into: Map<string, Measured[]>, key: string, measured: Measured): void {
  into.set(key, [...(into.get(key) ?? []), measured]);
}

function fill(dataDir: string, size: number): void {
  const store = openStore(dataDir);
  insertInvented(store, size);
  store.catchUp();
  store.close();
  console.error(`${size} events are there`);
}

/** One server process, one load process. */
async function measure(dataDir: string, { newcomers, uuid }: Kind): Promise<Measured> {
  const server = fork(path('scripts/bench-growth/server.ts'), [dataDir]);
  try {
    const [port] = await once(server, 'message');
    const { stdout } = await promisify(execFile)(process.execPath, [
      path('scripts/bench-collector/load.ts'),
      ...[String(port), CONNECTIONS, 'keep-alive', String(WARM_UP_SECONDS), values.seconds],
      ...[String(newcomers), ...(uuid ? ['uuid'] : [])],
    ]);
    const usage = await usageOf(server);
    const { acknowledged, failures, perSecond } = JSON.parse(stdout);
    if (usage.stored < acknowledged || usage.stored > acknowledged + failures + Number(CONNECTIONS)) {
      throw new Error(`${acknowledged} were acknowledged, and ${usage.stored} are stored`);
    }
    return { ...usage, perSecond };
  } finally {
    server.kill('SIGKILL');
  }
}

async function usageOf(server: ChildProcess): Promise<Usage> {
  const answer = once(server, 'message');
  server.send('usage');
  return (await answer)[0] as Usage;
}

function of(measured: readonly Measured[] | undefined, value: (one: Measured) => number): number {
  return median((measured ?? []).map(value));
}

function print(): void {
  console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, load generator included`);
  console.log(
    `${CONNECTIONS} connections kept alive, ${values.rounds} interleaved rounds of ${values.seconds} s, medians`,
  );
  const rows = kinds.flatMap((kind) =>
    sizes.map((size) => {
      const [kept, smallest] = [stored.get(keyOf(size, kind)), stored.get(keyOf(sizes[0] as number, kind))];
      const rate = of(kept, ({ perSecond }) => perSecond);
      const per = (value: (one: Measured) => number) =>
        Math.round(of(kept, (one) => value(one) / one.stored));
      return [
        keyOf(size, kind),
        {
          'acks/s': Math.round(rate),
          'of not stored': round2(rate / of(notStored.get(kind.name), ({ perSecond }) => perSecond)),
          'of the smallest': round2(rate / of(smallest, ({ perSecond }) => perSecond)),
          'CPU µs': per(({ cpu }) => cpu),
          'CPU µs not stored': Math.round(of(notStored.get(kind.name), ({ cpu, stored }) => cpu / stored)),
          'bytes written': per(({ written }) => written),
          'bytes read': per(({ read }) => read),
          'longest commit ms': Math.round(of(kept, ({ longestCommit }) => longestCommit)),
        },
      ];
    }),
  );
  console.table(Object.fromEntries(rows));
  if (values.plot) writeFileSync(values.plot, picture());
}

/** Processor time, since rates depend on what else the machine does. */
function picture(): string {
  const cost = (measured: readonly Measured[] = []) => of(measured, ({ cpu, stored }) => cpu / stored);
  const lines = kinds.map((kind) => ({
    name: kind.name,
    points: sizes.map((size) => [size, cost(stored.get(keyOf(size, kind)))] as const),
  }));
  const without = cost([...notStored.values()].flat());
  return plot('What receiving a report costs, by the size of the store', 'µs of processor time', [
    ...lines,
    { name: 'not stored', points: sizes.map((size) => [size, without] as const) },
  ]);
}

function round2(number: number): number {
  return Math.round(number * 100) / 100;
}
