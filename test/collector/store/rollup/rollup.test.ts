import type { Totals } from '../../../../src/collector/report/figures/totals.ts';
import { report } from '../../../../src/collector/report/report.ts';
import { bump } from '../../../../src/collector/store/meta.ts';
import { dropRawBefore } from '../../../../src/collector/store/retention.ts';
import { catchUp } from '../../../../src/collector/store/rollup/catch-up.ts';
import { loadActivity } from '../../../../src/collector/store/rollup/load-activity.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';
import { event } from '../../support/events.ts';
import { type OpenedStore, openedStore } from '../../support/opened-store.ts';

const NOW = Date.UTC(2026, 1, 20);
const day = (date: number, hour = 12) => Date.UTC(2026, 0, date, hour);

/** Users, projects and reports ever, and active users per day since New Year. */
function figures(store: OpenedStore) {
  const { figures } = report(loadActivity(store.database), {
    unit: 'day',
    count: 50,
    timeZone: 'UTC',
    environment: 'local',
    now: NOW,
    exclude: [],
    burstMinimum: null,
  });
  const [{ users, projects, reports }] = figures.totals as [Totals];
  return {
    users,
    projects,
    reports,
    daily: figures['active-users']?.map((row) => row.users).join('') as string,
  };
}

function drop(store: OpenedStore, time: number): void {
  for (const _ of dropRawBefore(store.database, time));
}

test('a batch of any size gives the same rollups', () => {
  const events = Array.from({ length: 100 }, (_, index) =>
    event({ distinctId: `p${index % 7}`, receivedAt: day(1 + (index % 20)) }),
  );
  const [small, large] = [openedStore(), openedStore()];
  for (const store of [small, large]) store.insert(events);
  catchUp(small.database, undefined, 3);
  catchUp(large.database);
  expect(figures(small)).toEqual(figures(large));
  expect(figures(small)).toMatchObject({ users: 7, reports: 100 });
});

test('users and projects are told apart whatever form their ids have', () => {
  const ids = [
    'bf3fa7a8-1c11-4f82-9542-ec1a2d28786b',
    'bf3fa7a8-1c11-4f82-9542-ec1a2d28786c',
    'a',
    'a b',
    'a c',
    '1',
  ];
  const hashes = ['6d7e561d62b955d1', '6d7e561d62b955d2', 'p', 'q', null];
  const store = openedStore();
  for (const distinctId of ids) {
    store.insert(hashes.map((projectHash) => event({ distinctId, projectHash, receivedAt: day(20) })));
  }
  expect(figures(store)).toMatchObject({ users: 6, projects: 6 * 4, reports: 6 * 5 });
});

test('an event that arrives late counts on the day on which it was received', () => {
  const store = openedStore();
  store.insert([event({ receivedAt: day(20) })]);
  const before = figures(store);
  store.insert([event({ distinctId: 'late', receivedAt: day(3) })]);
  expect(before.daily.indexOf('1')).toBe(figures(store).daily.lastIndexOf('1'));
  expect(figures(store)).toMatchObject({ users: 2, reports: 2 });
});

test('two processes that catch up at once count nothing twice', () => {
  const directory = temporaryDirectory();
  const [one, other] = [openedStore(directory), openedStore(directory)];
  one.insert(Array.from({ length: 30 }, () => event()));
  let interfered = false;
  catchUp(
    one.database,
    () => {
      if (!interfered) catchUp(other.database, undefined, 7);
      interfered = true;
    },
    5,
  );
  expect(figures(one).reports).toBe(30);
});

test('what another process caught up with while a batch was read is not stored again', () => {
  const directory = temporaryDirectory();
  const [one, other] = [openedStore(directory), openedStore(directory)];
  one.insert([event(), event()]);
  const prepare = one.database.prepare.bind(one.database);
  jest.spyOn(one.database, 'prepare').mockImplementation((sql) => {
    if (sql.includes('FROM log WHERE id >')) catchUp(other.database);
    return prepare(sql);
  });
  catchUp(one.database);
  jest.restoreAllMocks();
  expect(figures(one).reports).toBe(2);
});

test('a process that starts a rebuild later than another leaves the other’s work alone', () => {
  const directory = temporaryDirectory();
  const [one, other] = [openedStore(directory), openedStore(directory)];
  one.insert(Array.from({ length: 30 }, () => event()));
  catchUp(one.database);
  bump(one.database, 'rollup_generation');
  const prepare = one.database.prepare.bind(one.database);
  jest.spyOn(one.database, 'prepare').mockImplementation((sql) => {
    if (sql.includes('DELETE FROM rollup_chunk')) catchUp(other.database);
    return prepare(sql);
  });
  catchUp(one.database);
  jest.restoreAllMocks();
  expect(figures(one).reports).toBe(30);
});

test('a person who is removed is gone from every figure', () => {
  const store = openedStore();
  store.insert([event({ distinctId: 'kept' }), event({ distinctId: 'forgotten' })]);
  expect(figures(store)).toMatchObject({ users: 2, projects: 2, reports: 2 });
  store.forget(['forgotten']);
  expect(figures(store)).toMatchObject({ users: 1, projects: 1, reports: 1 });
});

describe('after retention has dropped raw events,', () => {
  // Retention is given any time, and takes the beginning of its day.
  const dropped = day(10, 17);

  function pruned(): OpenedStore {
    const store = openedStore();
    store.insert([
      event({ distinctId: 'early', receivedAt: day(3) }),
      event({ distinctId: 'gone', receivedAt: day(4) }),
      event({ distinctId: 'both', receivedAt: day(5) }),
      event({ distinctId: 'both', receivedAt: day(15) }),
    ]);
    catchUp(store.database);
    drop(store, dropped);
    return store;
  }

  test('figures stay what they were', () => {
    const store = pruned();
    expect(store.database.prepare('SELECT count(*) AS n FROM log').get()?.n).toBe(1);
    expect(figures(store)).toMatchObject({ users: 3, reports: 4 });
  });

  test('a rebuild keeps them', () => {
    const store = pruned();
    const before = figures(store);
    bump(store.database, 'rollup_generation');
    expect(figures(store)).toEqual(before);
    bump(store.database, 'rollup_generation');
    expect(figures(store)).toEqual(before);
  });

  test('a person who is forgotten is taken out of the kept days too', () => {
    const store = pruned();
    store.forget(['gone']);
    expect(figures(store)).toMatchObject({ users: 2, reports: 3 });
  });

  test('an event that arrives late for a dropped day counts once, however often there is a rebuild', () => {
    const store = pruned();
    store.insert([event({ distinctId: 'late', receivedAt: day(2) })]);
    for (let round = 0; round < 3; round += 1) {
      bump(store.database, 'rollup_generation');
      expect(figures(store)).toMatchObject({ users: 4, reports: 5 });
    }
    store.insert([event({ distinctId: 'later still', receivedAt: day(2) })]);
    bump(store.database, 'rollup_generation');
    expect(figures(store)).toMatchObject({ users: 5, reports: 6 });
  });

  test('a rebuild that is interrupted is finished by the next one', () => {
    const store = pruned();
    store.insert([event({ distinctId: 'late', receivedAt: day(2) }), event({ receivedAt: day(16) })]);
    const before = figures(store);
    bump(store.database, 'rollup_generation');
    const stop = new Error('stop');
    const interrupt = (done: number) => {
      if (done > 0) throw stop;
    };
    expect(() => catchUp(store.database, interrupt, 1)).toThrow(stop);
    // Retention goes on meanwhile, and so do removals.
    drop(store, day(16, 0));
    bump(store.database, 'rollup_generation');
    expect(() => catchUp(store.database, interrupt, 1)).toThrow(stop);
    expect(figures(store)).toEqual(before);
  });
});
