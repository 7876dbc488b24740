import { inserter } from '../../../src/collector/store/insert.ts';
import { KnownUuids, UUID_WINDOW } from '../../../src/collector/store/known-uuids.ts';
import { openStore } from '../../../src/collector/store/open-store.ts';
import { cleanup } from '../../support/cleanup.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { databaseIn } from '../support/database.ts';
import { event } from '../support/events.ts';
import { openedStore } from '../support/opened-store.ts';

const HOUR = 3600_000;
const uuid = (number: number) => {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32BE(number, 3);
  return bytes;
};

test('a uuid is stored once, within a batch and across batches', () => {
  const store = openedStore();
  const again = uuid(9);
  expect(store.insert([event({ uuid: again }), event({ uuid: again }), event()])).toEqual({
    stored: 2,
    duplicates: 1,
  });
  expect(store.insert([event({ uuid: again, distinctId: 'b' })])).toEqual({ stored: 0, duplicates: 1 });
  expect(store.eventsSince(0, 10)).toHaveLength(2);
});

test('a uuid is known after a restart, and in every process as soon as one has stored it', () => {
  const directory = temporaryDirectory();
  const [server, other] = [openedStore(directory), openedStore(directory)];
  server.insert([event({ uuid: uuid(1) })]);
  expect(other.insert([event({ uuid: uuid(1) }), event({ uuid: uuid(2) })]).stored).toBe(1);
  expect(server.insert([event({ uuid: uuid(2) }), event({ uuid: uuid(3) })]).stored).toBe(1);
  expect(openedStore(directory).insert([event({ uuid: uuid(1) }), event({ uuid: uuid(3) })]).stored).toBe(0);
});

test('a commit that fails leaves its uuids unknown', () => {
  const store = openedStore();
  const broken = event({ receivedAt: 'now' as unknown as number });
  expect(() => store.insert([event({ uuid: uuid(1) }), broken])).toThrow();
  expect(store.insert([event({ uuid: uuid(1) })]).stored).toBe(1);
});

test('a report’s uuid is known for 48 hours by the clock, an imported event’s for ever', () => {
  const directory = temporaryDirectory();
  openedStore(directory);
  const database = databaseIn(directory);
  const start = Date.UTC(2026, 0, 1);
  let now = start;
  const server = () => inserter(database, { clock: () => now });
  // Old by its own time, and yet it came just now.
  const old = { receivedAt: Date.UTC(2020, 0, 1) };
  const insert = server();
  insert([event({ ...old, uuid: uuid(0) })]);
  for (let hour = 0; hour <= 72; hour += 1) {
    now = start + hour * HOUR;
    insert([event({ ...old, uuid: uuid(100 + hour) })]);
  }
  const isKnown = (number: number) => server()([event({ uuid: uuid(number) })]).stored === 0;
  expect([isKnown(100 + 72 - 47), isKnown(100 + 72)]).toEqual([true, true]);
  expect(isKnown(0)).toBe(false);
  const imports = openStore(directory, { everyUuid: true });
  cleanup(() => imports.close());
  expect(imports.insert([event({ uuid: uuid(101) }), event({ uuid: uuid(172) })]).stored).toBe(0);
});

test('more uuids than fit into one part are all known, and the oldest go when the window has passed', () => {
  const known = new KnownUuids(UUID_WINDOW);
  for (let number = 0; number < 140_000; number += 1) known.add(uuid(number), 0);
  expect([0, 131_071, 131_072, 139_999].map((number) => known.has(uuid(number)))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(known.has(uuid(140_000))).toBe(false);
  for (let number = 0; number < 131_072; number += 1) known.add(uuid(1_000_000 + number), UUID_WINDOW + 1);
  expect([known.has(uuid(0)), known.has(uuid(1_000_000))]).toEqual([false, true]);
});
