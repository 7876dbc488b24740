import { startCluster, type TestCluster, type TestServer } from '../../scripts/clickhouse/cluster.ts';
import { parseAddress } from '../../src/collector/clickhouse/address.ts';
import { forgetInClickHouse } from '../../src/collector/clickhouse/forget.ts';
import { createSchema } from '../../src/collector/clickhouse/manage-schema.ts';
import { openStore } from '../../src/collector/store/open-store.ts';
import { temporaryFolder } from '../support/home.ts';
import { until } from '../support/until.ts';
import { ended, numberFrom, spawnShip } from './support/ship.ts';
import { reports } from './support/users.ts';

let cluster: TestCluster;
let databases = 0;

beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.close());

/** A database of its own in the cluster, a store with so many reports, and a shipper that follows it. */
async function following(events: number) {
  databases += 1;
  const database = `wasp_${databases}`;
  const address = `clickhouse://${cluster.shards.flat().map((server) => server.address)}/${database}?cluster=wasp`;
  const dataDir = temporaryFolder();
  await createSchema(parseAddress(address));
  const store = openStore(dataDir);
  store.insert(reports(events));
  const child = spawnShip(dataDir, address, '--follow', '--state');
  const end = ended(child);
  const stored = async (server: TestServer) =>
    numberFrom(`clickhouse://${server.address}/${database}`, 'SELECT count() FROM events FINAL').catch(
      () => 0,
    );
  /** Both replicas of each shard have it all. */
  const complete = (count: number) =>
    until(
      `all replicas have ${count} reports together`,
      async () => {
        const [[a = 0, b = 0] = [], [c = 0, d = 0] = []] = await Promise.all(
          cluster.shards.map((replicas) => Promise.all(replicas.map(stored))),
        );
        return a === b && c === d && a + c === count;
      },
      120_000,
    );
  const finish = async () => {
    child.kill('SIGTERM');
    expect((await end).code).toBe(0);
    store.close();
  };
  return { store, address, database, complete, finish };
}

const server = (shard: number, replica: number) => cluster.shards[shard]?.[replica] as TestServer;

test('a user’s reports lie on one shard, on both of its replicas', async () => {
  const { database, complete, finish } = await following(1000);
  await complete(1000);
  const users = await Promise.all(
    [server(0, 0), server(1, 0)].map(({ address }) =>
      numberFrom(`clickhouse://${address}/${database}`, 'SELECT uniqExact(distinct_id) FROM events'),
    ),
  );
  expect(users.reduce((sum, count) => sum + count, 0)).toBe(500);
  expect(Math.min(...users)).toBeGreaterThan(200);
  await finish();
});

test('while a replica is away nothing is confirmed; it has everything when it is back', async () => {
  const { store, complete, finish } = await following(1000);
  await complete(1000);
  await server(0, 1).kill();
  store.insert(reports(1000, 'meanwhile'));
  await server(0, 1).start();
  await complete(2000);
  await finish();
});

test('a shard whose replicas are both away for a while gets its share later', async () => {
  const { store, complete, finish } = await following(1000);
  await complete(1000);
  await Promise.all([server(1, 0).kill(), server(1, 1).kill()]);
  store.insert(reports(1000, 'meanwhile'));
  await Promise.all([server(1, 0).start(), server(1, 1).start()]);
  await complete(2000);
  await finish();
});

test('a coordinator that is away for a while holds up shipping and loses nothing', async () => {
  const { store, complete, finish } = await following(1000);
  await complete(1000);
  await cluster.coordinator.stop();
  store.insert(reports(1000, 'meanwhile'));
  await cluster.coordinator.start();
  await complete(2000);
  await finish();
});

test('forgetting reaches every replica, one that was away when it is back', async () => {
  const { address, database, complete, finish } = await following(1000);
  await complete(1000);
  const forget = (...ids: string[]) => forgetInClickHouse(parseAddress(address), ids);
  // Two replicas of one shard have them.
  expect((await forget('user-3')).map(({ events, left }) => `${events}, ${left}`).sort()).toEqual([
    ...['0, 0', '0, 0', '2, 0', '2, 0'],
  ]);
  const ids = ['user-5', 'user-6', 'user-7'];
  await server(0, 1).kill();
  expect((await forget(...ids)).filter(({ failure }) => failure !== null)).toHaveLength(1);
  await server(0, 1).start();
  await until(
    'all replicas have removed them',
    async () => (await forget(...ids)).every(({ left, failure }) => left === 0 && failure === null),
    90_000,
  );
  for (const { address: at } of cluster.shards.flat()) {
    const sql = "SELECT count() FROM events WHERE distinct_id IN ('user-3', 'user-5', 'user-6', 'user-7')";
    expect(await numberFrom(`clickhouse://${at}/${database}`, sql)).toBe(0);
  }
  await finish();
});
