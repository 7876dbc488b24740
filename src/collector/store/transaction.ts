import type { DatabaseSync } from 'node:sqlite';

/** Runs `action` under the write lock; what it throws undoes everything. */
export function inTransaction<T>(database: DatabaseSync, action: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = action();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite rolls back on its own for some errors (a full disk is one), and then refuses to be asked again.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** Milliseconds. */
const PATIENCE = 10_000;

/** Runs `action` while statements wait longer for other processes than this connection usually does. */
export function patiently<T>(database: DatabaseSync, action: () => T): T {
  const usual = database.prepare('PRAGMA busy_timeout').get()?.timeout as number;
  database.exec(`PRAGMA busy_timeout = ${PATIENCE}`);
  try {
    return action();
  } finally {
    database.exec(`PRAGMA busy_timeout = ${usual}`);
  }
}
