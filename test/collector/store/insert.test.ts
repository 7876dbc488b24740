import { readMeta, writeMeta } from '../../../src/collector/store/meta.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { event } from '../support/events.ts';
import { openedStore } from '../support/opened-store.ts';

const readable = `
  SELECT e.id, received_at, kind, p.distinct_id, r.hash, is_build, d.text AS deploy, v.text AS version,
         o.text AS os, c.text AS context, client_time, uuid
  FROM event e
  JOIN person p ON p.id = e.person
  LEFT JOIN project r ON r.id = e.project
  JOIN label d ON d.id = e.deploy JOIN label v ON v.id = e.version
  JOIN label o ON o.id = e.os JOIN label c ON c.id = e.context
  ORDER BY e.id`;

test('an event comes back as it was stored', () => {
  const store = openedStore();
  store.insert([
    event({
      deploy: 'fly;deploy',
      context: 'gitpod CI',
      isBuild: true,
      clientTime: 7,
      uuid: new Uint8Array(16),
    }),
  ]);
  expect(store.database.prepare(readable).all()).toEqual([
    {
      id: 1,
      received_at: Date.UTC(2026, 0, 15, 12),
      kind: 0,
      distinct_id: 'bf3fa7a8-1c11-4f82-9542-ec1a2d28786b',
      hash: '6d7e561d62b955d1',
      is_build: 1,
      deploy: 'fly;deploy',
      version: '0.25.0',
      os: 'linux',
      context: 'gitpod CI',
      client_time: 7,
      uuid: new Uint8Array(16),
    },
  ]);
});

test('persons, projects and labels are stored once, and a project belongs to one person', () => {
  const store = openedStore();
  store.insert([event({ distinctId: 'a' }), event({ distinctId: 'b' }), event({ distinctId: 'a' })]);
  store.insert([event({ distinctId: 'a', projectHash: '0000000000000000' })]);
  const count = (table: string) => store.database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n;
  expect([count('event'), count('person'), count('project'), count('label')]).toEqual([4, 2, 3, 3]);
});

test('a uuid is stored once, within a batch and across batches', () => {
  const store = openedStore();
  const uuid = new Uint8Array(16).fill(9);
  expect(store.insert([event({ uuid }), event({ uuid }), event()])).toEqual({ stored: 2, duplicates: 1 });
  expect(store.insert([event({ uuid, distinctId: 'someone else' })])).toEqual({ stored: 0, duplicates: 1 });
  expect(store.database.prepare('SELECT count(*) AS n FROM person').get()?.n).toBe(1);
});

test('ids of removed events are not used again', () => {
  const store = openedStore();
  store.insert([event(), event()]);
  store.database.exec('DELETE FROM event');
  store.insert([event()]);
  expect(store.database.prepare('SELECT id FROM event').all()).toEqual([{ id: 3 }]);
});

test('a batch that fails leaves nothing behind, and the next one is stored', () => {
  const store = openedStore();
  const broken = event({ distinctId: 'new', receivedAt: 'yesterday' as unknown as number });
  expect(() => store.insert([event({ distinctId: 'new' }), broken])).toThrow();
  store.insert([event({ distinctId: 'new' })]);
  expect(store.database.prepare(readable).all()).toHaveLength(1);
});

test('a person removed by another process is made anew, not referred to', () => {
  const directory = temporaryDirectory();
  const [server, other] = [openedStore(directory), openedStore(directory)];
  server.insert([event()]);
  other.database.exec('DELETE FROM event; DELETE FROM project; DELETE FROM person');
  server.insert([event()]);
  expect(server.database.prepare(readable).all()).toHaveLength(1);
});

test('what was stored is there after reopening', () => {
  const directory = temporaryDirectory();
  const first = openedStore(directory);
  first.insert([event()]);
  writeMeta(first.database, 'raw_from', 5);
  const second = openedStore(directory);
  second.insert([event()]);
  expect(second.database.prepare(readable).all()).toHaveLength(2);
  expect([readMeta(second.database, 'raw_from'), readMeta(second.database, 'rollup_generation')]).toEqual([
    5, 0,
  ]);
});
