import { Committer, type Outcome } from '../../../src/collector/ingest/committer.ts';
import type { Event } from '../../../src/collector/store/event.ts';
import { openStore } from '../../../src/collector/store/open-store.ts';
import { cleanup } from '../../support/cleanup.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { until } from '../../support/until.ts';
import { databaseIn } from '../support/database.ts';
import { event } from '../support/events.ts';

class SqliteError extends Error {
  readonly errcode: number;
  constructor(errcode: number) {
    super(`SQLite error ${errcode}`);
    this.errcode = errcode;
  }
}

/** A committer whose store does what `insert` does; the outcomes come in order. */
function committer(
  insert: (events: readonly Event[]) => void,
  options: { patience?: number; connections?: () => number } = {},
) {
  const commits: number[] = [];
  const failures: unknown[] = [];
  const outcomes: Outcome[] = [];
  const subject = new Committer({
    insert(events) {
      insert(events);
      return { stored: events.length, duplicates: 0 };
    },
    onCommit: ({ stored }) => commits.push(stored),
    onFailure: (error) => failures.push(error),
    connections: () => 100,
    ...options,
  });
  cleanup(() => subject.flush());
  const submit = (events = 1) =>
    subject.submit(Array(events).fill(event()), (outcome) => outcomes.push(outcome));
  return { subject, submit, commits, failures, outcomes };
}

test('what arrives together is one commit, and nobody hears of it before', async () => {
  let committing = false;
  const { submit, commits, outcomes } = committer(() => {
    committing = true;
    expect(outcomes).toEqual([]);
  });
  submit(2);
  submit(3);
  expect([committing, outcomes]).toEqual([false, []]);
  await until('both are told', () => outcomes.length === 2);
  expect([commits, outcomes]).toEqual([[5], ['stored', 'stored']]);
});

test('a group that is large enough does not wait', () => {
  const { submit, commits } = committer(() => {});
  submit(1000);
  expect(commits).toEqual([1000]);
});

test('when every open connection waits for it, a commit waits for nobody', () => {
  let open = 2;
  const { submit, commits } = committer(() => {}, { connections: () => open });
  submit();
  expect(commits).toEqual([]);
  submit();
  expect(commits).toEqual([2]);
  open = 1;
  submit();
  expect(commits).toEqual([2, 1]);
});

test('a full disk is told to everyone in the group, and the next group is tried', async () => {
  let full = true;
  const { submit, outcomes, failures } = committer(() => {
    if (full) throw new SqliteError(13);
  });
  submit();
  submit();
  await until('both are told', () => outcomes.length === 2);
  full = false;
  submit();
  await until('the third is told', () => outcomes.length === 3);
  expect([outcomes, failures]).toEqual([['disk_full', 'disk_full', 'stored'], []]);
});

test('an unforeseen failure is refused and reported', async () => {
  const { submit, outcomes, failures } = committer(() => {
    throw new SqliteError(11);
  });
  submit();
  await until('it is told', () => outcomes.length === 1);
  expect([outcomes, failures.length]).toEqual([['store_failed'], 1]);
});

test('more than may wait is refused at once', () => {
  const { submit, outcomes } = committer(() => {
    throw new SqliteError(5);
  });
  for (let events = 0; events < 20_000; events += 999) submit(999);
  expect(outcomes).toEqual(['overloaded']);
});

test('at the end of the process what waits is stored without delay', () => {
  const { subject, submit, outcomes } = committer(() => {});
  submit();
  subject.flush();
  expect(outcomes).toEqual(['stored']);
});

test('a lock that another process holds is waited for, in order', async () => {
  const directory = temporaryDirectory();
  const server = openStore(directory, { busyTimeout: 0 });
  const other = databaseIn(directory);
  cleanup(() => server.close());
  let attempts = 0;
  const { submit, outcomes } = committer((events) => {
    attempts += 1;
    server.insert(events);
  });
  other.exec('BEGIN IMMEDIATE');
  submit();
  await until('it has been tried repeatedly', () => attempts > 2);
  expect(outcomes).toEqual([]);
  other.exec('COMMIT');
  await until('it is told', () => outcomes.length === 1);
  expect(outcomes).toEqual(['stored']);
});

test('a lock that is never given up ends in a refusal', async () => {
  const { submit, outcomes } = committer(
    () => {
      throw new SqliteError(5);
    },
    { patience: 20 },
  );
  submit();
  await until('it is told', () => outcomes.length === 1);
  expect(outcomes).toEqual(['store_busy']);
});
