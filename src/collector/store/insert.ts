import type { DatabaseSync } from 'node:sqlite';
import { arrivalMarks } from './arrivals.ts';
import { duplicates } from './duplicates.ts';
import type { Event } from './event.ts';
import type { Inserted } from './store.ts';
import { storedHash, storedId } from './stored-id.ts';
import { words } from './words.ts';

export interface InsertOptions {
  /** Compare uuids with everything that was ever stored, and not only with the last two days. */
  everyUuid?: boolean | undefined;
  /** Milliseconds UTC. */
  clock?: (() => number) | undefined;
}

/**
 * Prepares everything once and returns the function that appends a batch to the log in one transaction. It touches
 * nothing that grows with the number of users.
 */
export function inserter(
  database: DatabaseSync,
  { everyUuid = false, clock = Date.now }: InsertOptions = {},
): (events: readonly Event[]) => Inserted {
  const wordsOf = words(database);
  const known = duplicates(database, clock, { everything: everyUuid });
  const mark = arrivalMarks(database);
  const append = database.prepare(`
    INSERT INTO log (received_at, words, distinct_id, project_hash, client_time, uuid)
    VALUES (?, ?, ?, ?, ?, ?)`);
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const dataVersion = database.prepare('PRAGMA data_version');
  let seenVersion: unknown;

  /** Another process may have appended events, or removed what is remembered here (`forget`, for one). */
  function noticeOthers(): void {
    const version = dataVersion.get()?.data_version;
    if (version === seenVersion) return;
    wordsOf.clear();
    known.noticeOthers();
    seenVersion = version;
  }

  /** Returns the number of the last one. */
  function appended(events: readonly Event[]): number {
    let last: number | bigint = 0;
    for (const event of events) {
      last = append.run(
        event.receivedAt,
        wordsOf.id(event),
        storedId(event.distinctId),
        event.projectHash === null ? null : storedHash(event.projectHash),
        event.clientTime,
        event.uuid,
      ).lastInsertRowid;
    }
    return Number(last);
  }

  return (events) => {
    known.load();
    // For a process that wants just this before it is asked for more.
    if (events.length === 0) return { stored: 0, duplicates: 0 };
    begin.run();
    try {
      noticeOthers();
      const fresh = known.withoutKnown(events);
      const last = appended(fresh);
      if (last > 0) mark(last - fresh.length, clock());
      commit.run();
      if (last > 0) known.committed(fresh, last);
      return { stored: fresh.length, duplicates: events.length - fresh.length };
    } catch (error) {
      // SQLite rolls back on its own for some errors (a full disk is one), and then refuses to be asked again.
      if (database.isTransaction) database.exec('ROLLBACK');
      wordsOf.clear();
      throw error;
    }
  };
}
