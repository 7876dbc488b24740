/**
 * Copies the write-ahead log back into the database file, on a thread of its own. SQLite would do that within the commit
 * that happens to fill the log, and the reports of that commit would wait for it.
 */
import type * as fs from 'node:fs';
import type * as sqlite from 'node:sqlite';
import { Worker } from 'node:worker_threads';

export interface Checkpointer {
  stop(): void;
}

/** `database`: the connection that commits; its own checkpoints end. */
export function startCheckpointer(database: sqlite.DatabaseSync, path: string): Checkpointer {
  database.exec('PRAGMA wal_autocheckpoint = 0');
  // As a text, because the executable has no file that a thread could be started from.
  const worker = new Worker(`(${checkpointForEver})(require, ${JSON.stringify(path)})`, { eval: true });
  worker.unref();
  // Without it the log only grows; better slow commits than a full disk.
  worker.once('error', () => database.exec('PRAGMA wal_autocheckpoint = 4000'));
  return { stop: () => void worker.terminate() };
}

/**
 * Runs in the thread and knows nothing but its parameters. From 16 MB on, what is in the log is copied while others go on
 * committing; from 64 MB on, which it reaches if that never catches up, they wait for the few pages that were added
 * meanwhile, so that the log begins anew.
 */
function checkpointForEver(load: NodeJS.Require, path: string): void {
  const { DatabaseSync } = load('node:sqlite') as typeof sqlite;
  const { statSync } = load('node:fs') as typeof fs;
  const [PERIOD, COPY_FROM, RESTART_FROM] = [250, 16 * 2 ** 20, 64 * 2 ** 20];
  const database = new DatabaseSync(path, { timeout: 20 });
  database.exec('PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = FULL');
  setInterval(() => {
    try {
      const bytes = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
      if (bytes >= COPY_FROM) database.exec('PRAGMA wal_checkpoint(PASSIVE)');
      if (bytes >= RESTART_FROM) database.exec('PRAGMA wal_checkpoint(RESTART)');
    } catch {
      // A full disk or a lock: the next round tries again, and commits tell the operator.
    }
  }, PERIOD);
}
