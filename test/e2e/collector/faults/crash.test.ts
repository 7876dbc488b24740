/** Acknowledged = stored, counted one by one, whatever ends the process. */
import { appendFileSync, statSync, truncateSync } from 'node:fs';
import { databasePath } from '../../../../src/collector/data-directory.ts';
import { openStore } from '../../../../src/collector/store/open-store.ts';
import { startCollector } from '../../../collector/support/collector-process.ts';
import { databaseIn } from '../../../collector/support/database.ts';
import { storedRows } from '../../../collector/support/stored-rows.ts';
import { TrackedLoad } from '../../../collector/support/tracked-load.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

const KILLS = 50;
const LANES = 16;

test(`${KILLS} times kill -9 under load loses no acknowledged report and doubles none`, async () => {
  const dataDir = temporaryDirectory();
  const load = new TrackedLoad();
  for (let kill = 0; kill < KILLS; kill += 1) {
    const collector = await startCollector(dataDir);
    // After a number of acknowledgements that differs from kill to kill: the instant within a commit does too.
    const enough = load.acknowledged.size + 20 + ((kill * 37) % 100);
    const running = load.run(collector.port, LANES, () => false);
    await load.reached(enough);
    expect(await collector.end('SIGKILL')).toBe('SIGKILL');
    await running;
  }
  expect(load.acknowledged.size).toBeGreaterThan(KILLS * 20);
  load.expectStored(storedIds(dataDir));
});

test('SIGTERM under load answers every request that had begun, stores it, and exits with 0', async () => {
  const dataDir = temporaryDirectory();
  const load = new TrackedLoad();
  const collector = await startCollector(dataDir);
  const running = load.run(collector.port, LANES, () => false);
  await load.reached(200);
  expect(await collector.end('SIGTERM')).toBe(0);
  await running;
  expect(collector.output()).toMatch(/draining\n.*stopped\n$/s);
  const ids = storedIds(dataDir);
  load.expectStored(ids);
  expect(ids.length).toBe(load.acknowledged.size);
});

test('a torn tail of the write-ahead log, as a power cut leaves it, loses nothing acknowledged', async () => {
  const dataDir = temporaryDirectory();
  const load = await killedUnderLoad(dataDir);
  appendFileSync(`${databasePath(dataDir)}-wal`, Buffer.alloc(3000, 0xa5));
  const collector = await startCollector(dataDir);
  await load.send(collector.port);
  await collector.end('SIGKILL');
  load.expectStored(storedIds(dataDir));
});

test('a log that the disk lost half of still opens, holds whole commits only, and goes on', async () => {
  const dataDir = temporaryDirectory();
  const load = await killedUnderLoad(dataDir);
  const log = `${databasePath(dataDir)}-wal`;
  truncateSync(log, Math.floor(statSync(log).size / 2) + 1234);
  const collector = await startCollector(dataDir);
  expect(await load.send(collector.port)).toBe(200);
  expect(await collector.end('SIGTERM')).toBe(0);
  const ids = storedIds(dataDir);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeLessThan(load.acknowledged.size);
  expect(ids.at(-1)).toBe([...load.acknowledged].at(-1));
});

async function killedUnderLoad(dataDir: string): Promise<TrackedLoad> {
  const load = new TrackedLoad();
  const collector = await startCollector(dataDir);
  const running = load.run(collector.port, LANES, () => false);
  await load.reached(300);
  await collector.end('SIGKILL');
  await running;
  return load;
}

function storedIds(dataDir: string): string[] {
  const store = openStore(dataDir);
  expect(databaseIn(dataDir).prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  const ids = storedRows(store).map(({ distinct_id }) => distinct_id);
  store.close();
  return ids;
}
