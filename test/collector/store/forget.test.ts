import { readFileSync } from 'node:fs';
import { databasePath } from '../../../src/collector/data-directory.ts';
import { findTraces } from '../../../src/collector/store/find-traces.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { event } from '../support/events.ts';
import { openedStore } from '../support/opened-store.ts';

const DAY = 24 * 3600_000;
const gone = {
  distinctId: 'f00df00d-1c11-4f82-9542-ec1a2d28786b',
  projectHash: 'feedfacecafebeef',
  context: 'a-context-of-nobody-else',
  version: '7.7.7-only',
  os: 'only-os',
  deploy: 'only-deploy',
};

function bytes(directory: string): string {
  return ['', '-wal'].map((suffix) => readFileSync(databasePath(directory) + suffix, 'latin1')).join('');
}

const traces = [gone.distinctId, Buffer.from('f00df00d1c11', 'hex').toString('latin1')].concat(
  [gone.context, gone.version, gone.os, gone.deploy],
  Buffer.from(gone.projectHash, 'hex').toString('latin1'),
);

test('removes the users, their projects and their events, says how much, and leaves all others alone', () => {
  const { insert, forget, remainsOf, catchUp, activity, eventsSince } = openedStore();
  insert([
    event({ distinctId: 'a' }),
    event({ distinctId: 'b' }),
    event({ distinctId: 'a', projectHash: null }),
  ]);
  insert([event({ distinctId: 'c', version: 'x' })]);
  catchUp();
  insert([event({ distinctId: 'a', projectHash: '0000000000000001' })]);
  expect(forget(['a', 'c', 'nobody'])).toEqual({
    users: 2,
    unknown: ['nobody'],
    events: 4,
    projects: 3,
    rollupRows: 4,
    words: 1,
  });
  expect(remainsOf(['a', 'c'])).toEqual({ events: 0, users: 0 });
  expect(eventsSince(0, 10).map(({ distinctId }) => distinctId)).toEqual(['b']);
  expect(activity().chunks.reduce((sum, { rows }) => sum + rows, 0)).toBe(1);
  expect(activity().usersOf(['a', 'b', 'c'])).toEqual([2]);
});

test.each([
  ['in the log only', false],
  ['in the rollups too', true],
])('no byte of a user or of words that only they have used is left in the files: %s', (_, rolledUp) => {
  const { insert, forget, catchUp, directory, all } = openedStore();
  insert([event(gone), event({ distinctId: 'b' })]);
  if (rolledUp) catchUp();
  expect(traces.filter((trace) => !bytes(directory).includes(trace))).toEqual([gone.distinctId]);
  forget([gone.distinctId]);
  expect(traces.filter((trace) => bytes(directory).includes(trace))).toEqual([]);
  expect(all('SELECT version FROM words')).toEqual([{ version: '0.25.0' }]);
});

test('words that another user has sent too stay', () => {
  const { insert, forget, eventsSince } = openedStore();
  insert([event(gone), event({ ...gone, distinctId: 'b' })]);
  forget([gone.distinctId]);
  expect(eventsSince(0, 10)).toMatchObject([{ version: gone.version, context: gone.context }]);
});

test('retention removes the words that only dropped events have used, but not what the rollups tell', () => {
  const { insert, dropRawBefore, catchUp, directory, activity } = openedStore();
  const receivedAt = Date.UTC(2026, 0, 1);
  insert([event({ ...gone, receivedAt }), event({ receivedAt: receivedAt + 9 * DAY })]);
  catchUp();
  for (const _ of dropRawBefore(receivedAt + 5 * DAY));
  expect(bytes(directory)).not.toContain(gone.context);
  expect(
    activity()
      .dimensions.filter(Boolean)
      .map((dimensions) => dimensions?.version),
  ).toContain(gone.version);
});

test('a rebuild removes words that nothing has any more', () => {
  const { insert, rebuild, directory, database } = openedStore();
  insert([event(gone), event({ distinctId: 'b' })]);
  database.exec('PRAGMA secure_delete = ON; DELETE FROM log WHERE id = 1');
  rebuild();
  expect(bytes(directory)).not.toContain(gone.context);
  expect(bytes(directory)).not.toContain(gone.version);
});

test('forgetting the newest user takes them out of what retention has kept', () => {
  const { insert, forget, catchUp, dropRawBefore, activity, rebuild } = openedStore();
  const users = (count: number, from: number) =>
    Array.from({ length: count }, (_, index) =>
      event({ distinctId: `user-${from + index}`, receivedAt: Date.UTC(2026, 0, 1 + from / 50) }),
    );
  insert(users(50, 0));
  catchUp();
  for (const _ of dropRawBefore(Date.UTC(2026, 0, 9)));
  forget(['user-49']);
  insert(users(1, 50));
  const counted = () => new Set(activity().chunks.flatMap(({ user }) => [...user])).size;
  expect(counted()).toBe(50);
  rebuild();
  expect(counted()).toBe(50);
});

test('a removal that was interrupted is finished by the next process, and never counted meanwhile', () => {
  const directory = temporaryDirectory();
  const { insert, catchUp, database } = openedStore(directory);
  insert([event({ distinctId: 'a' }), event({ distinctId: 'b' })]);
  catchUp();
  // As it is after the first of its transactions.
  database.exec('DELETE FROM log WHERE id = 1; INSERT INTO removed_user VALUES (1)');
  expect(
    openedStore(directory)
      .activity()
      .chunks.map(({ user }) => [...user]),
  ).toEqual([[2]]);
});

test('a user who reports again afterwards is a new one', () => {
  const { insert, forget, activity } = openedStore();
  insert([event({ distinctId: 'a' })]);
  forget(['a']);
  insert([event({ distinctId: 'a' })]);
  expect(activity().usersOf(['a'])).toEqual([2]);
});

test('bytes of an id are found in a file wherever they lie, also between two pieces', () => {
  const { insert, close, directory } = openedStore();
  insert([event(gone)]);
  close();
  const path = databasePath(directory);
  expect(findTraces(directory, [gone.distinctId, 'short'])).toEqual({ ids: 1, files: [path] });
  expect(findTraces(directory, ['another-long-id'])).toEqual({ ids: 1, files: [] });
});
