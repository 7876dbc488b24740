import { readMeta, writeMeta } from '../../../src/collector/store/meta.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { event } from '../support/events.ts';
import { openedStore } from '../support/opened-store.ts';

test('an event comes back as it was stored', () => {
  const store = openedStore();
  const events = [
    event({
      deploy: 'fly;deploy',
      context: 'gitpod CI',
      isBuild: true,
      clientTime: 7,
      uuid: new Uint8Array(16),
    }),
    event({ kind: 1, distinctId: '2071317638099', projectHash: null, version: '' }),
  ];
  store.insert(events);
  expect(store.eventsSince(0, 10)).toEqual(events.map((one, index) => ({ number: index + 1, ...one })));
});

test.each([
  'bf3fa7a8-1c11-4f82-9542-ec1a2d28786b',
  'BF3FA7A8-1C11-4F82-9542-EC1A2D28786B',
  '00000000-0000-0000-0000-000000000000',
  'bf3fa7a81c114f829542ec1a2d28786b',
  '2071317638099',
  '=bf3fa7a8',
  'ünï',
  'a'.repeat(64),
])('the id %s is the same afterwards, and one user apart from all others', (distinctId) => {
  const store = openedStore();
  store.insert([event({ distinctId }), event({ distinctId: 'another' }), event({ distinctId })]);
  store.catchUp();
  store.insert([event({ distinctId })]);
  expect(store.eventsSince(0, 10).map((one) => one.distinctId)).toEqual([
    distinctId,
    'another',
    distinctId,
    distinctId,
  ]);
  const { highestUser, usersOf } = store.activity();
  expect([highestUser, usersOf([distinctId]), usersOf(['nobody'])]).toEqual([2, [1], []]);
});

test('everything since a number comes in order and in parts, whoever has received when', () => {
  const store = openedStore();
  store.insert([5, 3, 9, 1].map((receivedAt) => event({ receivedAt })));
  const numbers = (since: number, limit: number, range?: { from?: number; to?: number }) =>
    store.eventsSince(since, limit, range).map(({ number }) => number);
  expect([numbers(0, 3), numbers(3, 3), numbers(4, 3)]).toEqual([[1, 2, 3], [4], []]);
  expect(numbers(0, 9, { from: 3, to: 9 })).toEqual([1, 2]);
});

test('words are stored once', () => {
  const store = openedStore();
  store.insert([event(), event({ distinctId: 'b' }), event({ version: '0.26.0' })]);
  expect(store.all('SELECT version FROM words')).toEqual([{ version: '0.25.0' }, { version: '0.26.0' }]);
});

test('numbers of removed events are not used again', () => {
  const store = openedStore();
  store.insert([event(), event()]);
  store.database.exec('DELETE FROM log');
  store.insert([event()]);
  expect(store.eventsSince(0, 10).map(({ number }) => number)).toEqual([3]);
});

test('a batch that fails leaves nothing behind, and the next one is stored', () => {
  const store = openedStore();
  const broken = event({ version: 'other', receivedAt: 'yesterday' as unknown as number });
  expect(() => store.insert([event({ distinctId: 'new' }), broken])).toThrow();
  store.insert([event({ distinctId: 'new', version: 'other' })]);
  expect(store.eventsSince(0, 10)).toHaveLength(1);
});

test('words that another process has removed are made anew, not referred to', () => {
  const directory = temporaryDirectory();
  const [server, other] = [openedStore(directory), openedStore(directory)];
  server.insert([event({ distinctId: 'forgotten', version: '9.9.9' })]);
  other.forget(['forgotten']);
  server.insert([event({ version: '9.9.9' })]);
  expect(server.eventsSince(0, 10)).toMatchObject([{ version: '9.9.9' }]);
});

test('what was stored is there after reopening', () => {
  const directory = temporaryDirectory();
  const first = openedStore(directory);
  first.insert([event()]);
  writeMeta(first.database, 'raw_from', 5);
  first.close();
  const second = openedStore(directory);
  second.insert([event()]);
  expect(second.eventsSince(0, 10)).toHaveLength(2);
  expect(readMeta(second.database, 'raw_from')).toBe(5);
});

test('a report writes to the log alone: no index grows with the number of users', () => {
  const { all, insert } = openedStore();
  insert([event({ distinctId: 'a' })]);
  const rows = () =>
    all("SELECT name FROM sqlite_schema WHERE type = 'table'").map(({ name }) => [
      name,
      all(`SELECT count(*) AS n FROM ${name}`)[0]?.n,
    ]);
  const before = rows();
  insert([event({ distinctId: 'b' })]);
  const changed = rows().filter(([, count], index) => count !== before[index]?.[1]);
  expect(changed).toEqual([['log', 2]]);
  expect(all("SELECT 1 FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'log'")).toEqual([]);
});
