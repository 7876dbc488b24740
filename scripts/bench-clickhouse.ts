/**
 * `npm run bench:clickhouse`: shipping into one server of Debian's ClickHouse 18.16, and every figure of it beside the
 * embedded store, on the same invented events. `--events 10000000` and `--sizes` for others; some minutes and 3 GB of disk.
 *
 *     npm run bench:clickhouse -- [--events 10000000] [--rounds 3] [--large 100000000]
 *
 * `--large` multiplies the users inside ClickHouse until there are so many events and times the figures again.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type ClickHouseAddress, parseAddress } from '../src/collector/clickhouse/address.ts';
import { clickHouseEngine } from '../src/collector/clickhouse/engine.ts';
import { createSchema } from '../src/collector/clickhouse/manage-schema.ts';
import { SENT_COLUMNS } from '../src/collector/clickhouse/schema.ts';
import { clickHouseServer } from '../src/collector/clickhouse/server.ts';
import { shipLog } from '../src/collector/clickhouse/ship-log.ts';
import { demoYear } from '../src/collector/demo-data/year.ts';
import type { ReportEngine } from '../src/collector/report/engine.ts';
import { FIGURE_NAMES, type FigureName } from '../src/collector/report/figures/index.ts';
import { storeEngine } from '../src/collector/report/store-engine.ts';
import { aligned } from '../src/collector/report/text/columns.ts';
import { openStore, type Store } from '../src/collector/store/open-store.ts';
import { startSingle } from './clickhouse/cluster.ts';
import { median } from './median.ts';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '10000000' },
    rounds: { type: 'string', default: '3' },
    large: { type: 'string' },
  },
});
const EVENTS = Number(values.events);
const ROUNDS = Number(values.rounds);
/** Events of a year at scale 1, roughly. */
const EVENTS_PER_SCALE = 150_000;
const NOW = Date.UTC(2026, 10, 24);

const directory = mkdtempSync(join(tmpdir(), 'wasp-bench-clickhouse-'));
const server = await startSingle();
try {
  const address = parseAddress(`clickhouse://${server.address}/wasp`);
  await createSchema(address);
  const store = openStore(directory);
  const stored = fill(store);
  store.catchUp();
  await shipped(store, address);
  const embedded = storeEngine(store);
  const engine = clickHouseEngine(address);
  const rows: [string, string, string][] = [];
  for (const name of FIGURE_NAMES) {
    rows.push([name, await time(embedded, name), await time(engine, name)]);
  }
  print([[`${stored.toLocaleString('en')} events, seconds`, 'embedded', 'ClickHouse'], ...rows]);
  say(
    `memory of the asking process: ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB, the embedded engine's included`,
  );
  if (values.large !== undefined) await larger(address, Number(values.large), engine);
  await Promise.all([embedded.close(), engine.close()]);
} finally {
  await server.close();
  rmSync(directory, { recursive: true, force: true });
}

function fill(store: Store): number {
  let stored = 0;
  for (const day of demoYear({ seed: 1, scale: (1.1 * EVENTS) / EVENTS_PER_SCALE, until: NOW })) {
    stored += store.insert(day.slice(0, EVENTS - stored)).stored;
  }
  return stored;
}

async function shipped(store: Store, address: ClickHouseAddress): Promise<void> {
  const start = performance.now();
  const { events } = await shipLog({
    ...{ dataDir: directory, store, address, follow: false, signal: new AbortController().signal },
    onChange() {},
  });
  const seconds = (performance.now() - start) / 1000;
  say(
    `shipped ${events.toLocaleString('en')} events in ${seconds.toFixed(1)} s: ${Math.round(events / seconds).toLocaleString('en')}/s`,
  );
}

async function time(engine: ReportEngine, name: FigureName): Promise<string> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    await engine.report(
      {
        unit: 'week',
        count: 12,
        timeZone: 'UTC',
        environment: 'local',
        now: NOW,
        exclude: [],
        burstMinimum: 20,
      },
      [name],
    );
    times.push((performance.now() - start) / 1000);
  }
  return median(times).toFixed(2);
}

/** Copies every user under other names until there are so many events. */
async function larger(address: ClickHouseAddress, events: number, engine: ReportEngine): Promise<void> {
  const connection = clickHouseServer(server.address.replace(/^/, 'http://'), address);
  const columns = SENT_COLUMNS.join(', ');
  const copied = SENT_COLUMNS.map((column) =>
    column === 'distinct_id' || column === 'uuid' ? `concat(${column}, '-', toString(copy))` : column,
  ).join(', ');
  const copies = Math.ceil(events / EVENTS) - 1;
  for (let copy = 1; copy <= copies; copy += 1) {
    await connection.execute(
      `INSERT INTO events (${columns}) SELECT ${copied.replaceAll('copy', String(copy))} FROM events WHERE position(distinct_id, '-x') = 0 AND length(uuid) = 32`,
    );
  }
  const rows: [string, string][] = [];
  for (const name of FIGURE_NAMES) rows.push([name, await time(engine, name)]);
  const [[stored = 0] = []] = await connection.select('SELECT count() FROM events');
  await connection.close();
  print([[`${Number(stored).toLocaleString('en')} events, seconds`, 'ClickHouse'], ...rows]);
}

function print(rows: readonly (readonly string[])[]): void {
  say(aligned(rows.map((row) => [...row])).join('\n'));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
