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
