import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Event } from './event.ts';
import { type Inserted, inserter } from './insert.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';

/** The collector's data: one SQLite database in a directory of its own. */
export interface Store {
  /** The connection, for queries. Reads must be short: a long one keeps the write-ahead log from shrinking. */
  database: DatabaseSync;
  /**
   * Stores all events in one transaction. When it returns, they survive a crash and a power cut. Throws SQLite's
   * error, and then none is stored.
   */
  insert(events: readonly Event[]): Inserted;
  close(): void;
}

export interface StoreOptions {
  /**
   * How long a statement waits for another process's transaction, in milliseconds, before it throws
   * SQLITE_BUSY. The wait blocks the whole process, so the server chooses a short one and tries again.
   * Opening always waits up to 10 s.
   */
  busyTimeout?: number;
}

/** Where the database lies inside the data directory. */
export function databasePath(dataDir: string): string {
  return join(dataDir, 'collector.db');
}

/** Opens the store, makes it if there is none (readable by its owner only), and brings its schema up to date. */
export function openStore(dataDir: string, { busyTimeout = 10_000 }: StoreOptions = {}): Store {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(databasePath(dataDir), {
    timeout: 10_000,
    // Checked where it matters (`forget` turns it on); on ingest every reference was looked up just before.
    enableForeignKeyConstraints: false,
  });
  try {
    // FULL: a commit returns after the log is on the disk. NORMAL would lose acknowledged reports in a power cut.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    // A log that a long read once blew up is cut back to this size, in bytes, at the next reset.
    database.exec('PRAGMA journal_size_limit = 67108864; PRAGMA temp_store = MEMORY;');
    // 64 MiB of pages in memory, and 16 MiB of log before it is copied back: under load, four times fewer random
    // writes than SQLite's defaults.
    database.exec('PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000;');
    migrate(database, migrations);
    database.exec(`PRAGMA busy_timeout = ${busyTimeout}`);
    return { database, insert: inserter(database), close: () => database.close() };
  } catch (error) {
    database.close();
    throw error;
  }
}
