import type { DatabaseSync } from 'node:sqlite';
import { arrivalMarks } from './arrivals.ts';
import { type DroppedEvents, droppedEvents } from './dropped-events.ts';
import { duplicates } from './duplicates.ts';
import type { Event } from './event.ts';
import type { Inserted } from './store.ts';
import { storedHash, storedId } from './stored-id.ts';
import { type Words, words } from './words.ts';

export interface InsertOptions {
  /** Compare uuids with everything that was ever stored, and not only with the last two days. */
  everyUuid?: boolean | undefined;
  /** For `everyUuid`. */
  dropped?: DroppedEvents;
  /** Milliseconds UTC. */
  clock?: (() => number) | undefined;
}

/**
 * Prepares everything once and returns the function that appends a batch to the log in one transaction. It touches
 * nothing that grows with the number of users.
 */
export function inserter(
  database: DatabaseSync,
  { everyUuid = false, dropped = droppedEvents(database), clock = Date.now }: InsertOptions = {},
): (events: readonly Event[]) => Inserted {
  const wordsOf = words(database);
  const known = duplicates(database, clock, everyUuid ? dropped : undefined);
  const mark = arrivalMarks(database);
  const append = appender(database, wordsOf);
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const dataVersion = database.prepare('PRAGMA data_version');
  const removals = database.prepare("SELECT value FROM meta WHERE key = 'removals'");
  let seenVersion: unknown;
  let seenRemovals: unknown;

  /** Another process may have appended events; and anyone, this one too, removed words (`forget`, for one). */
  function noticeChanges(): void {
    const removed = removals.get()?.value;
    if (removed !== seenRemovals) wordsOf.clear();
    seenRemovals = removed;
    const version = dataVersion.get()?.data_version;
    if (version !== seenVersion) known.noticeOthers();
    seenVersion = version;
  }

  return (events) => {
    known.load();
    // For a process that wants just this before it is asked for more.
    if (events.length === 0) return { stored: 0, duplicates: 0 };
    begin.run();
    try {
      noticeChanges();
      const fresh = known.withoutKnown(events);
      const last = append(fresh);
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

/** Returns the function that appends events, in the caller's transaction, and returns the number of the last one. */
function appender(database: DatabaseSync, wordsOf: Words): (events: readonly Event[]) => number {
  const append = database.prepare(`
    INSERT INTO log (received_at, words, distinct_id, project_hash, client_time, uuid)
    VALUES (?, ?, ?, ?, ?, ?)`);
  return (events) => {
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
  };
}
