import { startSingle } from '../../scripts/clickhouse/cluster.ts';
import { openStore } from '../../src/collector/store/open-store.ts';
import { temporaryFolder } from '../support/home.ts';
import { collector } from './support/collector.ts';
import { reports } from './support/users.ts';

let single: Awaited<ReturnType<typeof startSingle>>;
let address: string;
const dataDir = temporaryFolder();

beforeAll(async () => {
  single = await startSingle();
  address = `clickhouse://${single.address}/wasp`;
  const store = openStore(dataDir);
  store.insert(reports(1000));
  store.close();
});
afterAll(() => single.close());

test('before there are tables every command says which command makes them', async () => {
  const { code, stderr } = await collector('ship', '--data', dataDir, '--to', address);
  expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('ship --create') });
});

test('two ClickHouses whose databases have the same name each get everything', async () => {
  const events = reports(100);
  const directory = temporaryFolder();
  const store = openStore(directory);
  store.insert(events);
  store.close();
  // One server under two names is as good as two: neither knows of the other.
  const port = single.address.split(':')[1];
  for (const host of ['127.0.0.1', 'localhost']) {
    const to = `clickhouse://${host}:${port}/table`;
    expect(await collector('ship', '--data', directory, '--to', to, '--create')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^shipped 100 events/),
    });
    expect((await collector('ship', '--data', directory, '--to', to)).stdout).toMatch(/^nothing to ship/);
  }
  expect((await collector('compare', directory, `clickhouse://${single.address}/table`)).code).toBe(0);
});

test('the printed schema is the one that ship makes', async () => {
  const { stdout } = await collector('clickhouse-schema');
  expect(stdout).toContain('CREATE TABLE IF NOT EXISTS wasp.events (');
  expect(await collector('ship', '--data', dataDir, '--to', address, '--create')).toMatchObject({
    code: 0,
    stdout: 'shipped 1,000 events in 1 batch, up to number 1000\n',
  });
});

test('a report from ClickHouse reads as one from the data directory', async () => {
  const options = ['--now', '2026-11-20', '--all'];
  const [here, there] = await Promise.all([
    collector('report', '--data', dataDir, ...options),
    collector('report', '--data', address, ...options),
  ]);
  expect(there).toEqual(here);
});

test('equal stores compare as equal, and one more report is found', async () => {
  expect((await collector('compare', dataDir, address, '--now', '2026-11-20')).code).toBe(0);
  const store = openStore(dataDir);
  store.insert(reports(1, 'another'));
  store.close();
  const { code, stdout } = await collector(
    'compare',
    dataDir,
    address,
    '--now',
    '2026-11-20',
    '--burst',
    'off',
  );
  expect(code).toBe(1);
  expect(stdout).toMatch(/totals complete\.0\.reports: 1001 and 1000/);
});

test('an export from ClickHouse holds the same lines as one from the data directory', async () => {
  await collector('ship', '--data', dataDir, '--to', address);
  const [here, there] = await Promise.all([
    collector('export', '--data', dataDir),
    collector('export', '--data', address),
  ]);
  const lines = here.stdout.split('\n').sort();
  expect(there.stderr).toBe('');
  expect(lines).toHaveLength(1002);
  expect(there.stdout.split('\n').filter((line) => !lines.includes(line))).toEqual([]);
  expect(there.stdout.split('\n')).toHaveLength(lines.length);
});

test('forget says what it found on which server, and that nothing is left', async () => {
  expect(await collector('forget', 'user-3', '--data', address)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^127\.0\.0\.1:\d+: removed 2 events; looked again: nothing left$/m),
  });
});

test('check finds nothing wrong', async () => {
  expect(await collector('check', '--data', address)).toMatchObject({
    code: 0,
    stdout: 'nothing is wrong\n',
  });
});

test('a server that isn’t there is named', async () => {
  const { code, stderr } = await collector('report', '--data', 'clickhouse://127.0.0.1:9/wasp');
  expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('127.0.0.1:9') });
});
