/**
 * `npm run bench:clickhouse`: shipping into one server of Debian's ClickHouse 18.16, receiving while shipping, and every
 * figure of it beside the embedded store and beside plain queries, on the same invented events. Figures are the command
 * `wasp-collector report NAME --json` from its start to its end, with the most memory that its process has had.
 *
 *     npm run bench:clickhouse -- [--events 10000000] [--rounds 3] [--large 100000000]
 *
 * `--large` multiplies the users inside ClickHouse until there are so many events, asks every figure again once, and says
 * how many times as long it takes. Per million events it takes 65 MB of disk in ClickHouse, and twice that while parts are
 * merged, and 70 MB in the embedded store, which `--large` doesn't fill.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseAddress } from '../src/collector/clickhouse/address.ts';
import { createSchema } from '../src/collector/clickhouse/manage-schema.ts';
import { SENT_COLUMNS } from '../src/collector/clickhouse/schema.ts';
import { type ClickHouseServer, clickHouseServer } from '../src/collector/clickhouse/server.ts';
import { aligned } from '../src/collector/report/text/columns.ts';
import { openStore } from '../src/collector/store/open-store.ts';
import { timedCollector } from './bench-clickhouse/command.ts';
import { figureLines, type Measured, measureFigures, NOW, ratios } from './bench-clickhouse/figures.ts';
import { plainQueries } from './bench-clickhouse/plain.ts';
import { receivingWithAndWithout } from './bench-clickhouse/receiving.ts';
import { startSingle } from './clickhouse/cluster.ts';
import { insertInvented } from './invented-events.ts';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '10000000' },
    rounds: { type: 'string', default: '3' },
    large: { type: 'string' },
  },
});
const EVENTS = Number(values.events);
const ROUNDS = Number(values.rounds);

const directory = mkdtempSync(join(tmpdir(), 'wasp-bench-clickhouse-'));
const server = await startSingle();
const to = (database: string) => `clickhouse://${server.address}/${database}`;
const address = to('wasp');
const connection = clickHouseServer(`http://${server.address}`, parseAddress(address));
try {
  say(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, ClickHouse on the same processors`);
  fill();
  await ship();
  await receiving();
  const embedded = await measureFigures(directory, ROUNDS);
  const there = await measureFigures(address, ROUNDS);
  say(`\n${EVENTS.toLocaleString('en')} events, medians of ${ROUNDS}`);
  const columns = [
    { name: 'embedded', measured: embedded },
    { name: 'ClickHouse', measured: there },
  ];
  print(figureLines(columns));
  await plain();
  if (values.large !== undefined) await larger(Number(values.large), there);
} finally {
  await connection.close();
  await server.close();
  rmSync(directory, { recursive: true, force: true });
}

function fill(): void {
  const store = openStore(directory);
  insertInvented(store, EVENTS, { until: NOW });
  store.catchUp();
  store.close();
}

async function ship(): Promise<void> {
  const { seconds, megabytes } = await timedCollector(
    'ship',
    '--data',
    directory,
    '--to',
    address,
    '--create',
  );
  const rate = Math.round(EVENTS / seconds).toLocaleString('en');
  say(
    `shipped ${EVENTS.toLocaleString('en')} events in ${seconds.toFixed(1)} s: ${rate}/s, in ${megabytes.toFixed(0)} MB`,
  );
}

async function receiving(): Promise<void> {
  await createSchema(parseAddress(to('receiving')));
  const [shipping, alone] = await receivingWithAndWithout(to('receiving'), ROUNDS);
  say(
    `received while shipping ${Math.round(shipping)}/s, without ${Math.round(alone)}/s: ${(shipping / alone).toFixed(2)}`,
  );
}

async function plain(): Promise<void> {
  print([['plain queries', 'ClickHouse, s'], ...(await plainQueries(connection))]);
}

/** Copies every user under other names until there are so many events. */
async function larger(events: number, before: Measured): Promise<void> {
  await multiply(connection, Math.ceil(events / EVENTS));
  const [[stored = 0] = []] = await connection.select('SELECT count() FROM events');
  const there = await measureFigures(address, 1);
  say(`\n${Number(stored).toLocaleString('en')} events`);
  print(figureLines([{ name: 'ClickHouse', measured: there }]));
  print([['figure', `times the ${EVENTS.toLocaleString('en')}`], ...ratios(before, there)]);
  await plain();
}

async function multiply(clickHouse: ClickHouseServer, times: number): Promise<void> {
  const originals = EVENTS.toLocaleString('en');
  for (let copy = 1; copy < times; copy += 1) {
    const columns = SENT_COLUMNS.map((column) =>
      column === 'distinct_id' || column === 'uuid' ? `concat(${column}, '-${copy}')` : column,
    );
    await clickHouse.execute(
      `INSERT INTO events (${SENT_COLUMNS.join()}) SELECT ${columns.join()} FROM events WHERE length(uuid) = 32`,
    );
    process.stderr.write(`copied ${originals} events, ${copy} of ${times - 1}\n`);
  }
}

function print(rows: readonly (readonly string[])[]): void {
  say(`${aligned(rows.map((row) => [...row])).join('\n')}\n`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
