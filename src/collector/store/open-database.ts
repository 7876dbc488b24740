import { mkdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { databasePath } from '../data-directory.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';

/**
 * Opens the database, makes it if there is none (readable by its owner only), and brings its schema up to date.
 * `busyTimeout`: milliseconds, as in {@link StoreOptions}. Throws SQLite's error or `NewerSchemaError`.
 */
export function openDatabase(dataDir: string, busyTimeout = 10_000): DatabaseSync {
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
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
