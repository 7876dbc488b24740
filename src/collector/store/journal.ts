import type { DatabaseSync } from 'node:sqlite';
import { patiently } from './transaction.ts';

/**
 * Copies the write-ahead log back into the database file and empties it. False if another process has been reading from
 * it for seconds; then the next checkpoint does it.
 */
export function emptyJournal(database: DatabaseSync): boolean {
  return patiently(database, () => database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy === 0);
}
