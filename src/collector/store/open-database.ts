import { DatabaseSync } from 'node:sqlite';
import { databasePath } from '../data-directory.ts';
import { messageOf, OperatorError } from '../errors.ts';
import { readMeta, writeMeta } from './meta.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { createPrivately, makePrivate } from './private-files.ts';
import { isBusy, isDiskFull } from './sqlite-error.ts';

export interface DatabaseOptions {
  /**
   * How long a statement waits for another process's transaction, in milliseconds, before it throws
   * SQLITE_BUSY. The wait blocks the whole process, so the server chooses a short one and tries again.
   * Opening always waits up to 10 s.
   */
  busyTimeout?: number;
  /** For a process that stores reports all day: what can be done beforehand and beside is not done by `insert`. */
  receiving?: boolean;
}

/**
 * Opens the database, makes it if there is none (readable by its owner only), and brings its schema up to date.
 * Throws SQLite's error or `NewerSchemaError`, with the file's name, or `OperatorError`.
 */
export function openDatabase(
  dataDir: string,
  { busyTimeout = 10_000, receiving: startsReceiving = false }: DatabaseOptions,
): DatabaseSync {
  const path = databasePath(dataDir);
  makeFiles(dataDir, path);
  try {
    const database = new DatabaseSync(path, { timeout: 10_000, enableForeignKeyConstraints: false });
    try {
      configure(database);
      // Only then: it takes the write lock for seconds, and any command may be run while a server receives.
      if (migrate(database, migrations) || startsReceiving) compactIfDue(database);
      database.exec(`PRAGMA busy_timeout = ${busyTimeout}`);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    // SQLite doesn't say which file.
    (error as Error).message = `${path}: ${(error as Error).message}`;
    throw error;
  }
}

/** Throws {@link OperatorError}. */
function makeFiles(dataDir: string, path: string): void {
  try {
    makePrivate(dataDir, [path, `${path}-wal`, `${path}-shm`]);
    createPrivately(path);
  } catch (error) {
    throw new OperatorError(
      `Can't keep data in ${dataDir}: ${messageOf(error)}. Name a directory that this user may write.`,
    );
  }
}

function configure(database: DatabaseSync): void {
  // FULL: a commit returns after the log is on the disk. NORMAL would lose acknowledged reports in a power cut.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  // A log that a long read once blew up is cut back to this size, in bytes, at the next reset.
  database.exec('PRAGMA journal_size_limit = 67108864; PRAGMA temp_store = MEMORY;');
  // 64 MiB of pages in memory, and 16 MiB of log before it is copied back: under load, four times fewer random
  // writes than SQLite's defaults.
  database.exec('PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000;');
  // What is removed is overwritten, in free pages too: it may be what a user has asked to be forgotten.
  database.exec('PRAGMA secure_delete = ON');
}

/** Writes the file anew without its free pages. Without room for that it is left to the next start. */
function compactIfDue(database: DatabaseSync): void {
  if (readMeta(database, 'compact_due') === 0) return;
  try {
    // The copy that is made for it may be larger than the memory.
    database.exec('PRAGMA temp_store = FILE; VACUUM');
    writeMeta(database, 'compact_due', 0);
  } catch (error) {
    if (!isDiskFull(error) && !isBusy(error)) throw error;
  } finally {
    database.exec('PRAGMA temp_store = MEMORY');
  }
}
