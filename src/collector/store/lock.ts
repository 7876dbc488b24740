import { DatabaseSync } from 'node:sqlite';
import { createPrivately } from './private-files.ts';
import { isBusy } from './sqlite-error.ts';

/** A lock that this process holds. */
export interface Lock {
  release(): void;
}

/**
 * Locks a file of its own, which stays empty, against all other processes; undefined if one of them holds it. The lock is
 * SQLite's, so that a process that is killed has given it up.
 * @param patience milliseconds to wait for another one, in which this process does nothing else
 */
export function tryLock(file: string, patience = 0): Lock | undefined {
  createPrivately(file);
  const database = new DatabaseSync(file, { timeout: patience });
  try {
    // Nothing is ever written, so there need be no journal on the disk, which may be full.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return { release: () => database.close() };
  } catch (error) {
    database.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
}
