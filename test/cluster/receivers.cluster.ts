import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { startSingle } from '../../scripts/clickhouse/cluster.ts';
import { parseAddress } from '../../src/collector/clickhouse/address.ts';
import { compare } from '../../src/collector/clickhouse/compare.ts';
import { clickHouseEngine } from '../../src/collector/clickhouse/engine.ts';
import { forgetInClickHouse } from '../../src/collector/clickhouse/forget.ts';
import { createSchema } from '../../src/collector/clickhouse/manage-schema.ts';
import { storeEngine } from '../../src/collector/report/store-engine.ts';
import { openStore } from '../../src/collector/store/open-store.ts';
import { NOW, randomEvents } from '../collector/report/support/random-events.ts';
import { temporaryFolder } from '../support/home.ts';
import { until } from '../support/until.ts';
import { ended, numberFrom, shipEverything, spawnShip } from './support/ship.ts';
import { reports } from './support/users.ts';

let single: Awaited<ReturnType<typeof startSingle>>;
let databases = 0;

beforeAll(async () => {
  single = await startSingle();
});
afterAll(() => single.close());

async function database(): Promise<string> {
  databases += 1;
  const address = `clickhouse://${single.address}/wasp_${databases}`;
  await createSchema(parseAddress(address));
  return address;
}

function receiver(events = reports(0)) {
  const dataDir = temporaryFolder();
  const store = openStore(dataDir);
  store.insert(events);
  return {
    dataDir,
    store,
    ship: (address: string) => shipEverything({ dataDir, store, address: parseAddress(address) }),
  };
}

const STORED = 'SELECT count() FROM events FINAL';
const OF_USER = "SELECT count() FROM events WHERE distinct_id = 'user-3'";

test('three receivers together answer as one store with all their reports', async () => {
  const address = await database();
  const events = randomEvents(3);
  const union = receiver(events);
  for (const part of [0, 1, 2]) {
    const one = receiver(events.filter((_, index) => index % 3 === part));
    await one.ship(address);
    one.store.close();
  }
  const [embedded, engine] = [storeEngine(union.store), clickHouseEngine(parseAddress(address))];
  const question = { unit: 'week', count: 12, timeZone: 'Europe/Zagreb', environment: 'local' } as const;
  const compared = await compare(embedded, engine, { ...question, now: NOW, exclude: [], burstMinimum: 20 });
  await Promise.all([embedded.close(), engine.close()]);
  expect(compared.flatMap(({ differences }) => differences)).toEqual([]);
});

test('a report that two receivers took, known by its uuid, counts once and as of the first time', async () => {
  const address = await database();
  const [report] = reports(1);
  const uuid = new Uint8Array(16).fill(7);
  for (const seconds of [60, 0]) {
    const one = receiver([{ ...report, uuid, receivedAt: Date.UTC(2026, 10, 1) + seconds * 1000 } as never]);
    await one.ship(address);
    one.store.close();
  }
  expect(await numberFrom(address, STORED)).toBe(1);
  expect(await numberFrom(address, 'SELECT received_at FROM events FINAL')).toBe(Date.UTC(2026, 10, 1));
});

test('a restored backup that gives numbers again ships its own reports, each once', async () => {
  const address = await database();
  const original = receiver(reports(100));
  const backup = join(temporaryFolder(), 'backup.db');
  original.store.backup(backup);
  original.store.insert(reports(50, 'lost'));
  await original.ship(address);
  original.store.close();

  const dataDir = temporaryFolder();
  cpSync(backup, join(dataDir, 'collector.db'));
  cpSync(join(original.dataDir, 'shipping'), join(dataDir, 'shipping'), { recursive: true });
  const restored = openStore(dataDir);
  restored.insert(reports(80, 'new'));
  await shipEverything({ dataDir, store: restored, address: parseAddress(address) });
  restored.close();
  expect(await numberFrom(address, STORED)).toBe(100 + 50 + 80);
});

test('of a data directory and its copy, both in use, one is refused', async () => {
  const address = await database();
  const original = receiver(reports(100));
  const child = spawnShip(original.dataDir, address, '--follow', '--state');
  const end = ended(child);
  await until('it has shipped', async () => (await numberFrom(address, STORED)) === 100);
  const copy = temporaryFolder();
  const backup = join(copy, 'collector.db');
  original.store.backup(backup);
  const { code, output } = await ended(spawnShip(copy, address));
  expect({ code, output }).toMatchObject({
    code: 1,
    output: expect.stringContaining('Another process ships as receiver'),
  });
  child.kill('SIGTERM');
  expect((await end).code).toBe(0);
  original.store.close();
});

test('a forgotten user is gone, stays gone, and is gone from a receiver that was away', async () => {
  const address = await database();
  const [here, away] = [receiver(reports(100)), receiver(reports(100))];
  await here.ship(address);
  const receipt = await forgetInClickHouse(parseAddress(address), ['user-3']);
  expect(receipt).toEqual([{ server: single.address, events: 2, left: 0, failure: null }]);
  await away.ship(address);
  await here.ship(address);
  expect(await numberFrom(address, "SELECT count() FROM events WHERE distinct_id = 'user-3'")).toBe(0);
  for (const { store } of [here, away]) {
    expect(store.eventsSince(0, 1000).filter(({ distinctId }) => distinctId === 'user-3')).toEqual([]);
    store.close();
  }
});

test('what a receiver sends while a user is being forgotten goes too, from ClickHouse and from its log', async () => {
  const address = await database();
  const { dataDir, store } = receiver(reports(100));
  const child = spawnShip(dataDir, address, '--follow', '--state');
  const end = ended(child);
  await until('it has shipped', async () => (await numberFrom(address, STORED)) === 100);
  await forgetInClickHouse(parseAddress(address), ['user-3']);
  // The receiver asks who was forgotten every ten seconds; these come in between.
  store.insert(reports(8));
  await until(
    'they have left the log',
    () => store.eventsSince(0, 1000).every(({ distinctId }) => distinctId !== 'user-3'),
    60_000,
  );
  expect(await numberFrom(address, OF_USER)).toBe(0);
  child.kill('SIGTERM');
  expect((await end).code).toBe(0);
  store.close();
});

test('who is forgotten a second time goes a second time, also from a receiver that ships all the time', async () => {
  const address = await database();
  const { dataDir, store } = receiver(reports(100));
  const child = spawnShip(dataDir, address, '--follow', '--state');
  const end = ended(child);
  const inLog = () => store.eventsSince(0, 1000).filter(({ distinctId }) => distinctId === 'user-3').length;
  await until('it has shipped', async () => (await numberFrom(address, STORED)) === 100);
  for (const _ of ['once', 'twice']) {
    await forgetInClickHouse(parseAddress(address), ['user-3']);
    await until('it has left the log', () => inLog() === 0, 60_000);
    // From now on it is a new user.
    store.insert(reports(8).map((report) => ({ ...report, receivedAt: Date.now() + 1 })));
    await until('it has shipped again', async () => (await numberFrom(address, OF_USER)) === 2, 60_000);
  }
  child.kill('SIGTERM');
  expect((await end).code).toBe(0);
  store.close();
});

test('ten thousand users are forgotten at once', async () => {
  const address = await database();
  const one = receiver(reports(20_010));
  await one.ship(address);
  const ids = Array.from({ length: 10_000 }, (_, index) => `user-${index}`);
  expect(await forgetInClickHouse(parseAddress(address), ids)).toEqual([
    { server: single.address, events: 20_000, left: 0, failure: null },
  ]);
  await one.ship(address);
  expect(await numberFrom(address, 'SELECT count() FROM events')).toBe(10);
  expect(one.store.eventsSince(0, 1000)).toHaveLength(10);
  one.store.close();
});

test('a forgotten user who reports again is a new user', async () => {
  const address = await database();
  const one = receiver(reports(10));
  await one.ship(address);
  await forgetInClickHouse(parseAddress(address), ['user-3']);
  one.store.insert(reports(8).map((report) => ({ ...report, receivedAt: Date.now() + 1000 })));
  await one.ship(address);
  expect(await numberFrom(address, "SELECT count() FROM events FINAL WHERE distinct_id = 'user-3'")).toBe(2);
  one.store.close();
});
