/** `check`, and the look that `serve` takes at its start, find what is wrong with the files. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { databasePath } from '../../../src/collector/data-directory.ts';
import { cli } from '../../collector/support/cli.ts';
import { startCollector } from '../../collector/support/collector-process.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { until } from '../../support/until.ts';
import { storeOf, withDatabase } from './support/store-of.ts';

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
  const health = await fetch(`${collector.url}/health`);
  expect([health.status, await health.json()]).toMatchObject([
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
    /of 20\d\d-\d\d-\d\d the log has 5 events, the rollups 0: say wasp-collector rollup --rebuild/,
  ],
  [
    'a user who is another in the log',
    "UPDATE log SET distinct_id = '20000000000000000' WHERE id = 3",
    /the rollups say something else than the log/,
  ],
  [
    'a quarter hour that is another in the log',
    'UPDATE log SET received_at = (received_at / 86400000) * 86400000 + (received_at + 43200000) % 86400000 WHERE id = 3',
    /the rollups say something else than the log/,
  ],
  [
    'a changed byte in the rollups',
    "UPDATE rollup_chunk SET project = cast(x'09' || substr(project, 2) AS BLOB)",
    /the rollups say something else than the log/,
  ],
  [
    'a changed byte in a user’s key',
    "UPDATE user_run SET keys = cast(x'00' || substr(keys, 2) AS BLOB)",
    /the rollups say something else than the log/,
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

test('a backup passes the full check', async () => {
  const target = temporaryDirectory();
  await cli(['backup', databasePath(target), '--data', storeOf(100)]);
  const copy = temporaryDirectory();
  copyFileSync(databasePath(target), databasePath(copy));
  expect(await cli(['check', '--data', copy])).toMatchObject({ code: 0 });
});
