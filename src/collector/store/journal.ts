import type { DatabaseSync } from 'node:sqlite';

/** Milliseconds that a reader is waited for. */
const PATIENCE = 5000;

/**
 * Copies the write-ahead log back into the database file and empties it. False if another process has been reading from
 * it for seconds; then the next checkpoint does it.
 */
export function emptyJournal(database: DatabaseSync): boolean {
  const timeout = database.prepare('PRAGMA busy_timeout').get()?.timeout as number;
  database.exec(`PRAGMA busy_timeout = ${PATIENCE}`);
  try {
    return database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy === 0;
  } finally {
    database.exec(`PRAGMA busy_timeout = ${timeout}`);
  }
}
