/** A store of a collector before the log, brought up to date by a process that is killed again and again. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { databasePath } from '../../../../src/collector/data-directory.ts';
import { readEvents } from '../../../../src/collector/import-export/read-events.ts';
import { type ReportOptions, report } from '../../../../src/collector/report/report.ts';
import type { Event } from '../../../../src/collector/store/event.ts';
import type { Store } from '../../../../src/collector/store/store.ts';
import { executable } from '../../../collector/support/collector-process.ts';
import { makeEarlierStore } from '../../../collector/support/earlier-store.ts';
import { event } from '../../../collector/support/events.ts';
import { openedStore } from '../../../collector/support/opened-store.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

const KILLS = 20;
const EVENTS = 150_000;
/** Every figure of the months that the events are in. */
const QUESTION: ReportOptions = {
  ...{ unit: 'month', count: 4, timeZone: 'UTC', environment: 'all' },
  ...{ now: Date.UTC(2026, 4, 2), burstMinimum: null, exclude: [] },
};

function earlierEvents() {
  return Array.from({ length: EVENTS }, (_, index) =>
    event({
      distinctId: `${String(index % 40_000).padStart(8, '0')}-1c11-4f82-9542-ec1a2d28786b`,
      projectHash: (index % 50_000).toString(16).padStart(16, '0'),
      receivedAt: Date.UTC(2026, 0, 1) + index * 60_000,
      version: `0.${index % 25}.0`,
    }),
  );
}

/** Events in the old table and in the log together, undefined once the old one is gone. */
function events(dataDir: string): number | undefined {
  const database = new DatabaseSync(databasePath(dataDir), { timeout: 10_000 });
  try {
    const count = (table: string) =>
      database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n as number;
    const tables = database.prepare('SELECT name FROM sqlite_schema').all();
    const has = (table: string) => tables.some(({ name }) => name === table);
    return has('event') ? count('event') + (has('log') ? count('log') : 0) : undefined;
  } finally {
    database.close();
  }
}

/** Brings the store up to date in a process that is killed after so many milliseconds; true if it wasn't done by then. */
async function isKilledAfter(milliseconds: number, dataDir: string): Promise<boolean> {
  const child = spawn(executable, ['rollup', '--data', dataDir], { stdio: 'ignore' });
  const exited = once(child, 'exit');
  await pause(milliseconds);
  child.kill('SIGKILL');
  await exited;
  const left = events(dataDir);
  if (left !== undefined) expect(left).toBe(EVENTS);
  return left !== undefined;
}

/** Everything is there as it was, under its number. */
function expectAll(store: Store, expected: readonly Event[]): void {
  let index = 0;
  for (const { number, ...one } of readEvents(store)) {
    if (number !== index + 1 || JSON.stringify(one) !== JSON.stringify(expected[index])) {
      expect({ number, ...one }).toEqual({ number: index + 1, ...expected[index] });
    }
    index += 1;
  }
  expect(index).toBe(EVENTS);
}

test(`killed ${KILLS} times on the way, it loses no event, doubles none, and every figure is as if it were new`, async () => {
  const earlier = temporaryDirectory();
  const expected = earlierEvents();
  makeEarlierStore(earlier, expected).close();
  const fresh = () => {
    const dataDir = temporaryDirectory();
    copyFileSync(databasePath(earlier), databasePath(dataDir));
    return dataDir;
  };
  let dataDir = fresh();
  let interrupted = 0;
  // At instants that differ; a process that was done before one was of no use, and the next begins with a fresh store.
  for (let attempt = 0; interrupted < KILLS && attempt < 10 * KILLS; attempt += 1) {
    if (await isKilledAfter(60 + 17 * (attempt % 13), dataDir)) interrupted += 1;
    else if (interrupted < KILLS) dataDir = fresh();
  }
  expect(interrupted).toBe(KILLS);
  const store = openedStore(dataDir);
  expectAll(store, expected);
  const anew = openedStore();
  anew.insert(expected);
  const figures = (one: Store) => report(one.activity(), QUESTION).figures;
  expect(figures(store)).toEqual(figures(anew));
  expect(store.check({ quick: false })).toEqual([]);
});
