import { backup } from './backup.ts';
import { eventReader } from './events-since.ts';
import { exportedUuid, exportTag, ownExportDetector } from './exported-uuid.ts';
import { forget } from './forget.ts';
import { inserter } from './insert.ts';
import { readKeptFiles, unpackKeptFiles } from './kept-files.ts';
import { bumpRollupGeneration } from './meta.ts';
import { openDatabase } from './open-database.ts';
import { dropRawBefore } from './retention.ts';
import { catchUp } from './rollup/catch-up.ts';
import { loadActivity } from './rollup/load-activity.ts';
import type { Store } from './store.ts';

export type { Store } from './store.ts';

export interface StoreOptions {
  /**
   * How long a statement waits for another process's transaction, in milliseconds, before it throws
   * SQLITE_BUSY. The wait blocks the whole process, so the server chooses a short one and tries again.
   * Opening always waits up to 10 s.
   */
  busyTimeout?: number;
}

/**
 * The store in a data directory; it is made, with its directory, if there is none. Throws SQLite's error or
 * `NewerSchemaError`.
 */
export function openStore(dataDir: string, { busyTimeout }: StoreOptions = {}): Store {
  const database = openDatabase(dataDir, busyTimeout);
  unpackKeptFiles(database, dataDir);
  const tag = exportTag(database);
  return {
    insert: inserter(database),
    isEmpty: () => database.prepare('SELECT 1 FROM event LIMIT 1').get() === undefined,
    eventsSince: eventReader(database),
    uuidOf: ({ uuid, number }) => uuid ?? exportedUuid(tag, number),
    isOwnExport: ownExportDetector(database, tag),
    forget: (distinctId) => forget(database, distinctId),
    dropRawBefore: (cutoffTime) => dropRawBefore(database, cutoffTime),
    catchUp: (onProgress) => catchUp(database, onProgress),
    rebuild(onProgress) {
      bumpRollupGeneration(database);
      return catchUp(database, onProgress);
    },
    activity: (onProgress) => loadActivity(database, onProgress),
    backup: (target) => backup(database, target, readKeptFiles(dataDir)),
    close: () => database.close(),
  };
}
