import { startSingle } from '../../scripts/clickhouse/cluster.ts';
import { parseAddress } from '../../src/collector/clickhouse/address.ts';
import { createSchema } from '../../src/collector/clickhouse/manage-schema.ts';
import { openStore } from '../../src/collector/store/open-store.ts';
import { temporaryFolder } from '../support/home.ts';
import { until } from '../support/until.ts';
import { startProxy } from './support/proxy.ts';
import { ended, executeAt, numberFrom, outputOf, shipEverything, spawnShip } from './support/ship.ts';
import { reports } from './support/users.ts';

let single: Awaited<ReturnType<typeof startSingle>>;
let databases = 0;

beforeAll(async () => {
  single = await startSingle();
});
afterAll(() => single.close());

/** A database of its own on the server, and a store with so many reports. */
async function prepared(events: number) {
  databases += 1;
  const to = (server: string) => `clickhouse://${server}/wasp_${databases}`;
  const [address, dataDir] = [to(single.address), temporaryFolder()];
  await createSchema(parseAddress(address));
  const store = openStore(dataDir);
  store.insert(reports(events));
  return { address, dataDir, store, to };
}

const STORED = 'SELECT count() FROM events FINAL';

test('everything is shipped once, and the second time there is nothing to do', async () => {
  const { address, dataDir, store } = await prepared(1000);
  const options = { dataDir, store, address: parseAddress(address) };
  expect((await shipEverything(options)).events).toBe(1000);
  expect((await shipEverything(options)).events).toBe(0);
  expect(await numberFrom(address, STORED)).toBe(1000);
  store.close();
});

test('a shipper killed at 30 random instants leaves each event there once', async () => {
  const { address, dataDir, store } = await prepared(250_000);
  let killed = 0;
  for (let round = 0; round < 30; round += 1) {
    const child = spawnShip(dataDir, address);
    const end = ended(child);
    // Most of this is the start of the process; shipping takes the rest.
    setTimeout(() => child.kill('SIGKILL'), 300 + Math.random() * 1700);
    if ((await end).code === null) killed += 1;
  }
  const last = await ended(spawnShip(dataDir, address));
  expect(last).toMatchObject({ code: 0 });
  expect(killed).toBeGreaterThan(0);
  expect(await numberFrom(address, STORED)).toBe(250_000);
  expect(await numberFrom(address, 'SELECT uniqExact(number) FROM events')).toBe(250_000);
  store.close();
});

test('a batch whose confirmation is lost is sent again and counts once', async () => {
  const { address, dataDir, store, to } = await prepared(1000);
  const proxy = await startProxy(single.address);
  const child = spawnShip(dataDir, to(proxy.address), '--follow', '--state');
  const end = ended(child);
  await until('1000 are stored', async () => (await numberFrom(address, STORED)) === 1000);
  proxy.fault = 'answer is lost';
  store.insert(reports(1000, 'later'));
  await until('2000 are stored', async () => (await numberFrom(address, STORED)) === 2000, 60_000);
  proxy.fault = 'none';
  store.insert(reports(10, 'last'));
  await until('2010 are stored', async () => (await numberFrom(address, STORED)) === 2010, 60_000);
  child.kill('SIGTERM');
  expect(await end).toMatchObject({ code: 0 });
  expect(await numberFrom(address, 'SELECT count() FROM events FINAL')).toBe(2010);
  store.close();
});

test('a line that is cut within a batch holds up what follows and loses nothing', async () => {
  const { address, dataDir, store, to } = await prepared(50_000);
  const proxy = await startProxy(single.address);
  proxy.fault = { cutAfter: 500_000 };
  const child = spawnShip(dataDir, to(proxy.address), '--follow', '--state');
  const [end, output] = [ended(child), outputOf(child)];
  await until('it has tried again', async () => /"retries":[1-9]/.test(output()), 60_000);
  proxy.fault = 'none';
  await until('50_000 are stored', async () => (await numberFrom(address, STORED)) === 50_000, 60_000);
  child.kill('SIGTERM');
  expect((await end).code).toBe(0);
  store.close();
});

test('a slow server gets everything all the same', async () => {
  const { address, dataDir, store, to } = await prepared(1000);
  const proxy = await startProxy(single.address);
  proxy.fault = { delay: 300 };
  expect((await ended(spawnShip(dataDir, to(proxy.address)))).code).toBe(0);
  expect(await numberFrom(address, STORED)).toBe(1000);
  store.close();
});

test('told to end while the server is silent, it ends, and the batch comes with the next run', async () => {
  const { address, dataDir, store, to } = await prepared(1000);
  const proxy = await startProxy(single.address);
  const child = spawnShip(dataDir, to(proxy.address), '--follow', '--state');
  const end = ended(child);
  await until('1000 are stored', async () => (await numberFrom(address, STORED)) === 1000);
  proxy.fault = { delay: 3_600_000 };
  store.insert(reports(1000, 'later'));
  await until('it has sent something', () => proxy.held() > 0, 60_000);
  child.kill('SIGTERM');
  expect((await end).code).toBe(0);
  proxy.fault = 'none';
  expect((await ended(spawnShip(dataDir, to(proxy.address)))).code).toBe(0);
  expect(await numberFrom(address, STORED)).toBe(2000);
  store.close();
});

test('a server that is away is waited for', async () => {
  const { address, dataDir, store } = await prepared(1000);
  await single.stop();
  const child = spawnShip(dataDir, address, '--follow', '--state');
  const [end, output] = [ended(child), outputOf(child)];
  await until('it has tried again', async () => /"retries":[1-9]/.test(output()), 60_000);
  await single.start();
  await until(
    '1000 are stored',
    async () => (await numberFrom(address, STORED).catch(() => 0)) === 1000,
    90_000,
  );
  child.kill('SIGTERM');
  expect((await end).code).toBe(0);
  store.close();
});

test('a wrong password ends it with one line that holds no password', async () => {
  const server = await startSingle({ password: 'right' });
  const { dataDir, store } = await prepared(10);
  process.env.WASP_COLLECTOR_CLICKHOUSE_PASSWORD = 'wr0ng-secret';
  const { code, output } = await ended(spawnShip(dataDir, `clickhouse://${server.address}/wasp`, '--follow'));
  delete process.env.WASP_COLLECTOR_CLICKHOUSE_PASSWORD;
  await server.close();
  expect(code).toBe(1);
  expect(output).toMatch(/^wasp-collector: ClickHouse at 127\.0\.0\.1:\d+: .*[Pp]assword/m);
  expect(output).not.toContain('wr0ng-secret');
  store.close();
});

test('a password in the address is refused', async () => {
  const { code, output } = await ended(spawnShip(temporaryFolder(), 'clickhouse://me:s3cret@127.0.0.1/wasp'));
  expect(code).toBe(1);
  expect(output).toContain('WASP_COLLECTOR_CLICKHOUSE_PASSWORD');
  expect(output).not.toContain('s3cret');
});

test('a newer schema is refused', async () => {
  const { address, dataDir, store } = await prepared(10);
  await executeAt(address, 'INSERT INTO schema_version VALUES (999, 1)');
  const { code, output } = await ended(spawnShip(dataDir, address));
  expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining('version 999') });
  store.close();
});
