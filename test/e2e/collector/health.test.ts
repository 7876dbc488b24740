/** `/health` of the built server means it; `check` finds what is wrong with the files. */
import { copyFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { databasePath } from '../../../src/collector/data-directory.ts';
import { openStore } from '../../../src/collector/store/open-store.ts';
import { cli } from '../../collector/support/cli.ts';
import { startCollector } from '../../collector/support/collector-process.ts';
import { event } from '../../collector/support/events.ts';
import { report } from '../../collector/support/reports.ts';
import { storedRows } from '../../collector/support/stored-rows.ts';
import { cleanup } from '../../support/cleanup.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { until } from '../../support/until.ts';

const DAY = 24 * 3600_000;

async function health(
  url: string,
  headers: Record<string, string> = {},
): Promise<[number, Record<string, unknown>]> {
  const answer = await fetch(`${url}/health`, { headers });
  return [answer.status, (await answer.json()) as Record<string, unknown>];
}

/** A data directory with this many events, the rollups up to date, all of it in the database file. */
function storeOf(events: number, receivedAt = Date.now()): string {
  const directory = temporaryDirectory();
  const store = openStore(directory);
  store.insert(
    Array.from({ length: events }, (_, index) =>
      event({ receivedAt, distinctId: String(10 ** 16 + index * 16) }),
    ),
  );
  store.catchUp();
  store.close();
  return directory;
}

function withDatabase(directory: string, sql: string): void {
  const database = new DatabaseSync(databasePath(directory));
  database.exec(sql);
  database.close();
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

/** Overwrites the first page of a table. */
function damage(directory: string, table: string): void {
  const path = databasePath(directory);
  const database = new DatabaseSync(path);
  const page = database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(table)?.rootpage;
  const size = database.prepare('PRAGMA page_size').get()?.page_size as number;
  database.close();
  const bytes = readFileSync(path);
  bytes.fill(0xa5, ((page as number) - 1) * size, (page as number) * size);
  writeFileSync(path, bytes);
}

test('damage where the server would read and write keeps it from starting, and is told', async () => {
  const directory = storeOf(3000);
  damage(directory, 'log');
  const { code, stderr } = await cli(['serve', '--data', directory, '--listen', '127.0.0.1:0']);
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(/malformed: look at the disk, and restore a backup\n$/),
  ]);
});

test('damage elsewhere is found at the start, told, and 503; check says what it is', async () => {
  const directory = storeOf(3000);
  expect(await cli(['check', '--data', directory])).toEqual({
    code: 0,
    stdout: 'nothing is wrong\n',
    stderr: '',
  });
  damage(directory, 'rollup_chunk');
  const collector = await startCollector(directory);
  await until('it is told', () => collector.output().includes('WARNING: the store is damaged'));
  expect(await health(collector.url)).toMatchObject([
    503,
    { problems: expect.arrayContaining(['store_damaged']) },
  ]);
  await collector.end('SIGTERM');
  for (const options of [[], ['--quick']]) {
    const { code, stderr } = await cli(['check', '--data', directory, ...options]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^wasp-collector: /)]);
    expect(stderr).not.toMatch(/\n\s+at /);
  }
});

test.each([
  [
    'rollups that lack an event',
    'UPDATE rollup_chunk SET rows = rows - 1',
    /torn: say wasp-collector rollup --rebuild/,
  ],
  [
    'rollups that lack a day',
    'DELETE FROM rollup_chunk',
    /the log has 5 events up to number 5, the rollups 0/,
  ],
  ['events without their words', 'DELETE FROM words', /5 events have lost their words/],
  [
    'rollups ahead of the log',
    "UPDATE meta SET value = 99 WHERE key = 'rollup_watermark'",
    /up to number 99, the log up to 5/,
  ],
])('the full check finds %s, which the quick one leaves out', async (_what, sql, sentence) => {
  const directory = storeOf(5);
  withDatabase(directory, sql);
  expect(await cli(['check', '--quick', '--data', directory])).toMatchObject({ code: 0 });
  const { code, stderr } = await cli(['check', '--data', directory]);
  expect([code, stderr]).toEqual([2, expect.stringMatching(sentence)]);
});

test('a check of nothing is a failure, not a finding', async () => {
  const { code, stderr } = await cli(['check', '--data', '/nowhere']);
  expect([code, stderr]).toEqual([1, expect.stringContaining('There is no collector data in /nowhere')]);
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

test('a backup passes the full check', async () => {
  const target = temporaryDirectory();
  await cli(['backup', databasePath(target), '--data', storeOf(100)]);
  const copy = temporaryDirectory();
  copyFileSync(databasePath(target), databasePath(copy));
  expect(await cli(['check', '--data', copy])).toMatchObject({ code: 0 });
});
