/** `/health` of the built server means it. */
import { copyFileSync, existsSync, renameSync, unlinkSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { databasePath } from '../../../src/collector/data-directory.ts';
import { openStore } from '../../../src/collector/store/open-store.ts';
import { startCollector } from '../../collector/support/collector-process.ts';
import { report } from '../../collector/support/reports.ts';
import { storedRows } from '../../collector/support/stored-rows.ts';
import { cleanup } from '../../support/cleanup.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { until } from '../../support/until.ts';
import { storeOf, withDatabase } from './support/store-of.ts';

const DAY = 24 * 3600_000;

async function health(
  url: string,
  headers: Record<string, string> = {},
): Promise<[number, Record<string, unknown>]> {
  const answer = await fetch(`${url}/health`, { headers });
  return [answer.status, (await answer.json()) as Record<string, unknown>];
}

test('a healthy server says so, and with which figures', async () => {
  const collector = await startCollector(storeOf(10));
  await fetch(`${collector.url}/capture`, { method: 'POST', body: report() });
  const [status, told] = await health(collector.url);
  expect([status, told]).toEqual([
    200,
    {
      status: 'ok',
      problems: [],
      warnings: expect.any(Array),
      disk_free_bytes: expect.any(Number),
      log_bytes: expect.any(Number),
      checkpoint_age_seconds: expect.any(Number),
      rollups_behind_events: expect.any(Number),
      rollups_behind_seconds: expect.any(Number),
      newest_event_age_seconds: expect.any(Number),
    },
  ]);
  expect(told.newest_event_age_seconds).toBeLessThan(60);
  expect(await health(collector.url, { 'x-forwarded-for': '192.0.2.1' })).toEqual([200, { status: 'ok' }]);
  await collector.end('SIGTERM');
});

test('a lock that another process holds for long is 503, and 200 again when it is given up', async () => {
  const directory = storeOf(1);
  const collector = await startCollector(directory);
  const other = new DatabaseSync(databasePath(directory));
  cleanup(() => other.close());
  other.exec('PRAGMA busy_timeout = 10000; BEGIN IMMEDIATE');
  expect(await health(collector.url)).toMatchObject([503, { status: 'failing', problems: ['store_busy'] }]);
  other.exec('ROLLBACK');
  await until('it is healthy again', async () => (await health(collector.url))[0] === 200);
  await collector.end('SIGTERM');
});

test('a data directory that has gone is 503', async () => {
  const directory = storeOf(1);
  const collector = await startCollector(directory);
  renameSync(directory, `${directory}-elsewhere`);
  try {
    expect(await health(collector.url)).toMatchObject([503, { problems: ['no_data_directory'] }]);
  } finally {
    renameSync(`${directory}-elsewhere`, directory);
  }
  await collector.end('SIGTERM');
});

test.each([
  ['the database', '', (path: string) => unlinkSync(path)],
  ['the write-ahead log', '-wal', (path: string) => unlinkSync(path)],
  ['the database by a backup', '', (path: string) => copyFileSync(path, `${path}.new`)],
])(
  'when %s is removed or replaced, no report is acknowledged any more, and that is told',
  async (_what, file, act) => {
    const directory = storeOf(1);
    const collector = await startCollector(directory);
    const path = `${databasePath(directory)}${file}`;
    const send = async () =>
      (await fetch(`${collector.url}/capture`, { method: 'POST', body: report() })).status;
    expect(await send()).toBe(200);
    act(path);
    if (existsSync(`${path}.new`)) renameSync(`${path}.new`, path);
    expect(await send()).toBe(503);
    expect(await health(collector.url)).toMatchObject([503, { problems: ['store_replaced'] }]);
    expect(collector.output()).toMatch(/the store failed: its files were removed or replaced/);
    await collector.end('SIGTERM');
  },
);

test('what the rollups have not read yet is told', async () => {
  const directory = storeOf(3);
  const collector = await startCollector(directory);
  // As if its passes had failed for two hours.
  withDatabase(
    directory,
    `UPDATE meta SET value = 1 WHERE key = 'rollup_watermark'; UPDATE log SET received_at = ${Date.now() - 7_200_000}`,
  );
  const [status, told] = await until('it is told', async () => {
    const answer = await health(collector.url);
    return answer[1].rollups_behind_events === 2 ? answer : undefined;
  });
  expect([status, told.warnings]).toEqual([200, expect.arrayContaining(['rollups_behind'])]);
  expect(told.rollups_behind_seconds).toBeGreaterThan(7000);
  await collector.end('SIGTERM');
});

test.each([
  [
    'behind',
    3 * DAY,
    'clock_behind_newest_event',
    /WARNING: the clock says 20.*the newest event is of 20.*: the clock is behind/,
  ],
  [
    'ahead',
    -3 * DAY,
    'newest_event_is_old',
    /WARNING: the clock says 20.*: unless nothing was received .* the clock is ahead/,
  ],
])(
  'a clock that is %s of the newest event is said, at the start and in /health',
  async (_where, offset, name, line) => {
    const collector = await startCollector(storeOf(2, Date.now() + offset));
    expect(collector.output()).toMatch(line);
    expect(await health(collector.url)).toMatchObject([200, { warnings: expect.arrayContaining([name]) }]);
    await collector.end('SIGTERM');
  },
);

test('two servers on one store: everything is stored once, and each knows the other’s uuids', async () => {
  const directory = temporaryDirectory();
  const servers = [await startCollector(directory), await startCollector(directory)];
  const send = (server: number, distinct_id: string, uuid?: string) =>
    fetch(`${servers[server]?.url}/capture`, {
      method: 'POST',
      body: JSON.stringify({ ...JSON.parse(report({ distinct_id })), uuid }),
    });
  const ids = Array.from({ length: 200 }, (_, index) => String(10 ** 16 + index * 16));
  const statuses = await Promise.all(ids.map(async (id, index) => (await send(index % 2, id)).status));
  expect(new Set(statuses)).toEqual(new Set([200]));
  const uuid = '01940000-0000-7000-8000-000000000001';
  for (const server of [0, 1, 0]) expect((await send(server, '29999999999999999', uuid)).status).toBe(200);
  for (const server of servers) expect(await server.end('SIGTERM')).toBe(0);
  const store = openStore(directory);
  expect(
    storedRows(store)
      .map(({ distinct_id }) => distinct_id)
      .sort(),
  ).toEqual([...ids, '29999999999999999'].sort());
  store.close();
});
