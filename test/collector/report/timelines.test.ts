import { KINDS } from '../../../src/collector/kinds.ts';
import { type Timelines, timelines, without } from '../../../src/collector/report/timelines.ts';
import { openStore } from '../../../src/collector/store/open-store.ts';
import { byUser, type Chunk } from '../../../src/collector/store/rollup/chunk.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { event } from '../support/events.ts';
import { openedStore } from '../support/opened-store.ts';

const at = (day: number, hour: number) => Date.UTC(2026, 0, day, hour);
const nobody = { environments: ['local', 'ci'] as const, leftOut: () => new Uint8Array(100) };

function activityOf(events: ReturnType<typeof event>[]) {
  const store = openStore(temporaryDirectory());
  store.insert(events);
  const activity = store.activity();
  store.close();
  return activity;
}

/** By user: the hours since New Year's Eve, with the project of each report. */
function readable({ start, end, quarterHour, project }: Timelines): string[] {
  const newYearsEve = Date.UTC(2025, 11, 31) / (15 * 60_000);
  return [...start.keys()].map((user) =>
    Array.from(quarterHour.subarray(start[user], end[user]), (when, index) => {
      const row = (start[user] as number) + index;
      return `${(when - newYearsEve) / 4}h ${project[row]}`;
    }).join(', '),
  );
}

test('a user’s reports come in the order of time, wherever and whenever they were received', () => {
  const activity = activityOf([
    event({ distinctId: 'a', receivedAt: at(2, 12), projectHash: '000000000000000a' }),
    event({ distinctId: 'b', receivedAt: at(1, 5), projectHash: '000000000000000b' }),
    event({ distinctId: 'a', receivedAt: at(2, 9), context: 'CI', projectHash: '000000000000000c' }),
    event({ distinctId: 'a', receivedAt: at(1, 7), projectHash: '000000000000000a' }),
    event({ distinctId: 'b', receivedAt: at(1, 3), projectHash: '000000000000000b' }),
  ]);
  expect(readable(timelines(activity, nobody))).toEqual(['', '31h 1, 57h 3, 60h 1', '27h 2, 29h 2']);
});

test('who doesn’t count somewhere has no reports from there', () => {
  const activity = activityOf([
    event({ distinctId: 'a', receivedAt: at(1, 1) }),
    event({ distinctId: 'a', receivedAt: at(1, 2), context: 'CI' }),
    event({ distinctId: 'b', receivedAt: at(1, 3) }),
  ]);
  const first = Uint8Array.of(0, 1, 0);
  const leftOut = (environment: string) => (environment === 'local' ? first : new Uint8Array(3));
  expect(readable(timelines(activity, { ...nobody, leftOut }))).toEqual(['', '26h 1', '27h 2']);
});

test('users can be taken out afterwards', () => {
  const activity = activityOf([
    event({ distinctId: 'a', receivedAt: at(1, 1) }),
    event({ distinctId: 'b', receivedAt: at(1, 3) }),
  ]);
  expect(readable(without(timelines(activity, nobody), [1]))).toEqual(['', '', '27h 2']);
});

test('more users than are handled at a time all have their reports', () => {
  const people = 70_000;
  const day: Chunk = {
    ...{ day: 20_454, kind: KINDS.cli, environment: 0, rows: people },
    quarterHour: new Uint8Array(people).fill(4),
    user: Uint32Array.from({ length: people }, (_, index) => index + 1),
    project: new Uint32Array(people),
    dimensions: new Uint32Array(people),
  };
  const next = { ...day, day: 20_455 };
  const activity = {
    ...{ chunks: [next, day], dimensions: [], highestUser: people, highestProject: 0 },
    usersOf: () => [],
  };
  const { start, end, quarterHour } = timelines(activity, {
    environments: ['local'],
    leftOut: () => new Uint8Array(people + 1),
  });
  for (const user of [1, 65_535, 65_536, 65_537, people]) {
    expect([...quarterHour.subarray(start[user], end[user])]).toEqual([20_454 * 96 + 4, 20_455 * 96 + 4]);
  }
});

test('a chunk’s rows stay together when they are put in the order of users', () => {
  const sorted = byUser({
    quarterHour: Uint8Array.of(1, 2, 3, 4),
    user: Uint32Array.of(4_294_967_295, 7, 9, 7),
    project: Uint32Array.of(10, 20, 30, 40),
    dimensions: Uint32Array.of(5, 6, 7, 8),
  });
  expect(sorted).toEqual({
    quarterHour: Uint8Array.of(2, 4, 3, 1),
    user: Uint32Array.of(7, 7, 9, 4_294_967_295),
    project: Uint32Array.of(20, 40, 30, 10),
    dimensions: Uint32Array.of(6, 8, 7, 5),
  });
});

test('a chunk that was written in another order is read by user', () => {
  const store = openedStore();
  store.insert([event({ distinctId: 'a' }), event({ distinctId: 'b' })]);
  store.activity();
  store.database.exec(`UPDATE rollup_chunk SET user = x'0200000001000000'`);
  expect(store.activity().chunks.map(({ user }) => [...user])).toEqual([[1, 2]]);
});
