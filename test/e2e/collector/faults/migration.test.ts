/** A store of a collector before the log, brought up to date by a process that is killed again and again. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { databasePath } from '../../../../src/collector/data-directory.ts';
import { readEvents } from '../../../../src/collector/import-export/read-events.ts';
import { executable } from '../../../collector/support/collector-process.ts';
import { makeEarlierStore } from '../../../collector/support/earlier-store.ts';
import { event } from '../../../collector/support/events.ts';
import { openedStore } from '../../../collector/support/opened-store.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

const KILLS = 20;
const EVENTS = 150_000;

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

test(`killed ${KILLS} times, it loses no event, doubles none and counts the same`, async () => {
  const dataDir = temporaryDirectory();
  const expected = earlierEvents();
  makeEarlierStore(dataDir, expected).close();
  let interrupted = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const child = spawn(executable, ['rollup', '--data', dataDir], { stdio: 'ignore' });
    const exited = once(child, 'exit');
    await pause(100 + 15 * kill);
    child.kill('SIGKILL');
    await exited;
    const left = events(dataDir);
    if (left === undefined) continue;
    expect(left).toBe(EVENTS);
    interrupted += 1;
  }
  expect(interrupted).toBeGreaterThan(2);
  const store = openedStore(dataDir);
  let index = 0;
  for (const { number, ...one } of readEvents(store)) {
    if (number !== index + 1 || JSON.stringify(one) !== JSON.stringify(expected[index])) {
      expect({ number, ...one }).toEqual({ number: index + 1, ...expected[index] });
    }
    index += 1;
  }
  expect(index).toBe(EVENTS);
  const { chunks, highestUser, highestProject } = store.activity();
  expect(chunks.reduce((sum, { rows }) => sum + rows, 0)).toBe(EVENTS);
  expect([highestUser, highestProject]).toEqual([40_000, 200_000].map((n) => Math.min(n, EVENTS)));
}, 120_000);
