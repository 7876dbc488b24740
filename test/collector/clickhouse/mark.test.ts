import { join } from 'node:path';
import {
  type Mark,
  markFile,
  movedMark,
  readMark,
  startAt,
  writeMark,
} from '../../../src/collector/clickhouse/mark.ts';
import type { NumberedEvent } from '../../../src/collector/store/event.ts';
import { openStore, type Store } from '../../../src/collector/store/open-store.ts';
import { temporaryFolder } from '../../support/home.ts';

const report = (index: number) => ({
  ...{ receivedAt: Date.UTC(2026, 10, 1) + index * 1000, kind: 0 as const, distinctId: `user-${index}` },
  ...{ projectHash: null, isBuild: false, deploy: '', version: '0.25.0', os: 'linux', context: '' },
  ...{ clientTime: null, uuid: null },
});

/** A store with ten reports of ten users, and the mark after every other one of them. */
function shipped(): { store: Store; mark: Mark } {
  const store = openStore(temporaryFolder());
  store.insert(Array.from({ length: 10 }, (_, index) => report(index)));
  const mark = [2, 4, 6, 8, 10].reduce(
    (before, number) => {
      const [event] = store.eventsSince(number - 1, 1) as [NumberedEvent];
      return movedMark(before, event, 'run');
    },
    readMark(join(temporaryFolder(), 'none')),
  );
  return { store, mark };
}

test('shipping goes on at the mark', () => {
  const { store, mark } = shipped();
  expect(startAt(mark, store)).toBe(10);
  store.close();
});

test('when the user of the mark’s event was forgotten it goes on at the mark before', () => {
  const { store, mark } = shipped();
  store.forget(['user-9', 'user-7']);
  expect(startAt(mark, store)).toBe(6);
  store.close();
});

test('a log that isn’t the mark’s is shipped from the beginning', () => {
  const { store, mark } = shipped();
  const other = openStore(temporaryFolder());
  other.insert(Array.from({ length: 12 }, (_, index) => report(100 + index)));
  expect(startAt(mark, other)).toBe(0);
  store.close();
  other.close();
});

test('a mark is kept as it is, and read as it was written by a version that knew no earlier ones', () => {
  const { store, mark } = shipped();
  const file = markFile(temporaryFolder(), {
    servers: ['http://a:8123'],
    database: 'wasp',
    cluster: undefined,
  });
  writeMark(file, mark);
  expect(readMark(file)).toEqual(mark);
  const { earlier: _, ...old } = mark;
  writeMark(file, old as Mark);
  expect(startAt(readMark(file), store)).toBe(10);
  store.close();
});
