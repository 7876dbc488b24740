/** Stores of collectors before the log. */
import { readFileSync } from 'node:fs';
import { databasePath } from '../../../src/collector/data-directory.ts';
import { type ReportOptions, report } from '../../../src/collector/report/report.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { NOW, randomEvents } from '../report/support/random-events.ts';
import type { Question } from '../report/support/recount/calendar.ts';
import { rawEvents } from '../report/support/recount/events.ts';
import { recount } from '../report/support/recount/recount.ts';
import { makeEarlierStore } from '../support/earlier-store.ts';
import { event } from '../support/events.ts';
import { openedStore } from '../support/opened-store.ts';

test('every event is there afterwards as it was, under its number', () => {
  const directory = temporaryDirectory();
  const events = [
    event({ uuid: new Uint8Array(16).fill(7), clientTime: 5 }),
    event({ distinctId: 'BF3FA7A8-1C11-4F82-9542-EC1A2D28786B', context: 'gitpod CI', isBuild: true }),
    event({ distinctId: '00000000-0000-0000-0000-000000000000', deploy: 'fly;deploy' }),
    event({ kind: 2, distinctId: '213451763809911222', projectHash: null, version: '', os: 'osx' }),
  ];
  makeEarlierStore(directory, events).close();
  const { eventsSince, insert } = openedStore(directory);
  expect(eventsSince(0, 10)).toEqual(events.map((one, index) => ({ number: index + 1, ...one })));
  // What it knew by its uuid, it still knows.
  expect(insert([event({ uuid: new Uint8Array(16).fill(7) }), event()])).toEqual({
    stored: 1,
    duplicates: 1,
  });
  expect(eventsSince(4, 10)).toMatchObject([{ number: 5 }]);
});

test('figures equal the recount, and go on doing so', () => {
  const directory = temporaryDirectory();
  const events = randomEvents(4);
  makeEarlierStore(directory, events.slice(0, -500)).close();
  const store = openedStore(directory);
  store.insert(events.slice(-500));
  const question: Question = {
    ...{ unit: 'week', count: 12, timeZone: 'Europe/Zagreb', environment: 'local' },
    ...{ now: NOW, burstMinimum: 20, exclude: ['person-3'] },
  };
  const { leftOut, figures } = report(store.activity(), question as ReportOptions);
  expect(figures).toMatchObject(
    Object.fromEntries(
      Object.entries(recount(rawEvents(store), question)).filter(([name]) => name !== 'burstPersons'),
    ),
  );
  expect(leftOut.excluded).toBe(1);
});

test('rollups that hold what retention has dropped stay, less the users who were forgotten too late', () => {
  const directory = temporaryDirectory();
  const database = makeEarlierStore(directory, [event({ distinctId: 'a' }), event({ distinctId: 'b' })]);
  database.exec(`
    INSERT INTO label (id, text) VALUES (77, '0.1.0');
    INSERT INTO rollup_shape VALUES (5, 0, 0, 77, 0);
    INSERT INTO rollup_chunk (day, kind, environment, rows, slot, person, project, shape) VALUES
      (20000, 0, 0, 3, x'010203', x'010000000300000009000000', x'000000000000000000000000',
       x'050000000500000005000000');
    INSERT INTO person VALUES (9, 'forgotten'); DELETE FROM person WHERE id = 9;
    INSERT INTO person VALUES (3, 'dropped');
    INSERT OR REPLACE INTO meta VALUES ('raw_from', 1730000000000)`);
  database.close();
  const { activity, insert } = openedStore(directory);
  const kept = () => activity().chunks.find(({ day }) => day === 20000);
  expect(kept()).toMatchObject({ rows: 2, user: Uint32Array.of(1, 3) });
  expect(activity().dimensions[5]).toEqual({ isBuild: false, deploy: '', version: '0.1.0', os: '' });
  insert([event({ distinctId: 'dropped' }), event({ distinctId: 'new' })]);
  expect([activity().usersOf(['dropped']), activity().usersOf(['new'])]).toEqual([[3], [10]]);
});

test('nothing of the old tables is left in the file', () => {
  const directory = temporaryDirectory();
  const database = makeEarlierStore(directory, [event()]);
  database.exec("INSERT INTO label (text) VALUES ('a-word-of-a-dropped-event')");
  database.close();
  openedStore(directory).forget([event().distinctId]);
  const bytes = readFileSync(databasePath(directory), 'latin1');
  expect(bytes).not.toContain('a-word-of-a-dropped-event');
  expect(bytes).not.toContain(event().distinctId);
});
