import { hasChdb, startChdb } from '../../scripts/clickhouse/chdb.ts';
import { startCluster, startSingle } from '../../scripts/clickhouse/cluster.ts';
import { parseAddress } from '../../src/collector/clickhouse/address.ts';
import { compare } from '../../src/collector/clickhouse/compare.ts';
import { clickHouseEngine } from '../../src/collector/clickhouse/engine.ts';
import { createSchema } from '../../src/collector/clickhouse/manage-schema.ts';
import type { ReportOptions } from '../../src/collector/report/report.ts';
import { storeEngine } from '../../src/collector/report/store-engine.ts';
import { openStore } from '../../src/collector/store/open-store.ts';
import { NOW, randomEvents } from '../collector/report/support/random-events.ts';
import { temporaryFolder } from '../support/home.ts';
import { shipEverything } from './support/ship.ts';

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

const ENGINES = {
  'one server of 18.16': async () => {
    const server = await startSingle();
    return { address: `clickhouse://${server.address}/wasp`, close: server.close };
  },
  'a cluster of two shards with two replicas': async () => {
    const cluster = await startCluster();
    const servers = cluster.shards.flat().map(({ address }) => address);
    return { address: `clickhouse://${servers}/wasp?cluster=${cluster.name}`, close: cluster.close };
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
});
