import { hasChdb, startChdb } from '../../scripts/clickhouse/chdb.ts';
import { startCluster, startSingle } from '../../scripts/clickhouse/cluster.ts';
import { parseAddress } from '../../src/collector/clickhouse/address.ts';
import { connect } from '../../src/collector/clickhouse/cluster.ts';
import { compare } from '../../src/collector/clickhouse/compare.ts';
import { clickHouseEngine } from '../../src/collector/clickhouse/engine.ts';
import { createSchema } from '../../src/collector/clickhouse/manage-schema.ts';
import { SENT_COLUMNS } from '../../src/collector/clickhouse/schema.ts';
import { demoYear } from '../../src/collector/demo-data/year.ts';
import { PERIOD_COUNTS, PERIOD_UNITS } from '../../src/collector/report/periods.ts';
import type { ReportOptions } from '../../src/collector/report/report.ts';
import { storeEngine } from '../../src/collector/report/store-engine.ts';
import { openStore } from '../../src/collector/store/open-store.ts';
import { NOW, randomEvents } from '../collector/report/support/random-events.ts';
import { temporaryFolder } from '../support/home.ts';
import { eachServer, shipEverything } from './support/ship.ts';

const QUESTIONS: Pick<ReportOptions, 'unit' | 'count' | 'timeZone' | 'environment'>[] = [
  { unit: 'week', count: 12, timeZone: 'UTC', environment: 'local' },
  { unit: 'day', count: 60, timeZone: 'Europe/Zagreb', environment: 'local' },
  { unit: 'week', count: 30, timeZone: 'America/New_York', environment: 'all' },
  { unit: 'day', count: 40, timeZone: 'Asia/Kathmandu', environment: 'local' },
  // Summer time is half an hour here.
  { unit: 'day', count: 50, timeZone: 'Australia/Lord_Howe', environment: 'all' },
  { unit: 'month', count: 6, timeZone: 'Pacific/Chatham', environment: 'gitpod' },
  // 26 April began at one o'clock.
  { unit: 'day', count: 25, timeZone: 'Africa/Cairo', environment: 'local' },
  { unit: 'month', count: 3, timeZone: 'America/St_Johns', environment: 'ci' },
  { unit: 'day', count: 366, timeZone: 'Asia/Kolkata', environment: 'codespaces' },
  // More periods than there is data.
  { unit: 'month', count: 60, timeZone: 'UTC', environment: 'replit' },
];

const USUAL_FILTERS = { burstMinimum: 20, exclude: ['person-3', 'person-11', 'nobody'] };

const COPIES = [
  { name: 'more than can be named, sent twice', where: '1', later: 0, count: 24_000 },
  { name: 'some events that were sent twice', where: 'number % 50 = 0', later: 0, count: 1800 },
  {
    name: 'events that another receiver took a day later',
    where: 'number % 7 < 3',
    later: 86_400_000,
    count: 1800,
  },
];

const ENGINES = {
  'one server of 18.16': async () => {
    const server = await startSingle();
    return { address: `clickhouse://${server.address}/wasp`, close: server.close };
  },
  'a cluster of two shards with two replicas': async () => {
    const cluster = await startCluster();
    const servers = cluster.shards.flat().map(({ address }) => address);
    return { address: `clickhouse://${servers}/wasp?cluster=wasp`, close: cluster.close };
  },
  'the current version, chDB': async () => {
    const server = await startChdb();
    return { address: `clickhouse://${server.address}/wasp`, close: server.close };
  },
};

const engines = Object.entries(ENGINES).filter(([name]) => !name.includes('chDB') || hasChdb());

describe.each(engines)('%s', (_, start) => {
  const folder = temporaryFolder();
  const store = openStore(folder);
  const embedded = storeEngine(store);
  let server: Awaited<ReturnType<typeof start>>;

  beforeAll(async () => {
    server = await start();
    await createSchema(parseAddress(server.address));
    store.insert(randomEvents(7));
    await shipEverything({ dataDir: folder, store, address: parseAddress(server.address) });
  });
  afterAll(async () => {
    await embedded.close();
    await server?.close();
  });

  test.each(QUESTIONS)(
    'every cell is that of the embedded store: $unit × $count, $timeZone, $environment',
    async (question) => {
      const engine = clickHouseEngine(parseAddress(server.address));
      const options = {
        ...question,
        now: NOW,
        burstMinimum: 20,
        exclude: ['person-3', 'person-11', 'nobody'],
      };
      const compared = await compare(embedded, engine, options).finally(() => engine.close());
      expect(
        compared.flatMap(({ figure, differences }) => differences.map((found) => ({ figure, ...found }))),
      ).toEqual([]);
      expect(compared.reduce((sum, { cells }) => sum + cells, 0)).toBeGreaterThan(500);
    },
  );

  test('without any filter too, and as of an earlier time', async () => {
    const engine = clickHouseEngine(parseAddress(server.address));
    const options = {
      ...(QUESTIONS[0] as (typeof QUESTIONS)[number]),
      now: NOW - 40 * 86_400_000,
      burstMinimum: null,
      exclude: [],
    };
    const compared = await compare(embedded, engine, options).finally(() => engine.close());
    expect(compared.flatMap(({ differences }) => differences)).toEqual([]);
  });

  test('demo data, by day, week and month', async () => {
    const address = parseAddress(server.address.replace('/wasp', '/demo'));
    const dataDir = temporaryFolder();
    const demo = openStore(dataDir);
    for (const day of demoYear({ seed: 1, scale: 0.05, until: NOW })) demo.insert(day);
    await createSchema(address);
    await shipEverything({ dataDir, store: demo, address });
    const engines = [storeEngine(demo), clickHouseEngine(address)] as const;
    for (const unit of PERIOD_UNITS) {
      const options = { unit, count: PERIOD_COUNTS[unit].usual, timeZone: 'Europe/Zagreb', now: NOW };
      const compared = await compare(...engines, { ...options, ...USUAL_FILTERS, environment: 'local' });
      expect([unit, compared.flatMap(({ differences }) => differences)]).toEqual([unit, []]);
    }
    await Promise.all(engines.map((engine) => engine.close()));
  });

  test.each(COPIES)('as long as copies are not merged: $name', async ({ where, later, count }) => {
    const database = `copies_${later}_${where.length}`;
    const address = server.address.replace('/wasp', `/${database}`);
    await createSchema(parseAddress(address));
    const dataDir = temporaryFolder();
    const own = openStore(dataDir);
    own.insert(randomEvents(11, count).map((event, index) => ({ ...event, uuid: uuidOf(index) })));
    await eachServer(address, (one) => one.execute('SYSTEM STOP MERGES'));
    await shipEverything({ dataDir, store: own, address: parseAddress(address) });
    const columns = SENT_COLUMNS.map((column) =>
      column === 'received_at' ? `${column} + ${later}` : column,
    );
    // On one server of each shard; its replica gets them too.
    const clickHouse = await connect(parseAddress(address));
    for (const shard of clickHouse.shards) {
      const sql = `INSERT INTO events (${SENT_COLUMNS}) SELECT ${columns} FROM events WHERE ${where}`;
      // Replicas would notice a whole block that they had.
      await shard.execute(sql, { insert_deduplicate: 0 });
      const [[rows = 0, events = 0] = []] = await shard.select(
        'SELECT count(), uniqExact(event) FROM events',
      );
      expect(Number(rows)).toBeGreaterThan(Number(events));
    }
    await clickHouse.close();
    const engines = [storeEngine(own), clickHouseEngine(parseAddress(address))] as const;
    const compared = await compare(...engines, {
      ...QUESTIONS[1],
      ...USUAL_FILTERS,
      now: NOW,
    } as ReportOptions);
    await eachServer(address, (one) => one.execute('SYSTEM START MERGES'));
    await Promise.all(engines.map((engine) => engine.close()));
    expect(
      compared.flatMap(({ figure, differences }) => differences.map((one) => ({ figure, ...one }))),
    ).toEqual([]);
  });
});

/** An event's own, as a client would send it: of version 4. */
function uuidOf(index: number): Uint8Array {
  const bytes = Buffer.alloc(16, index & 0xff);
  bytes.writeUInt32BE(index);
  bytes[6] = 0x40;
  return bytes;
}
