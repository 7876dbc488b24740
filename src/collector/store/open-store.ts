import { databasePath } from '../data-directory.ts';
import { backup } from './backup.ts';
import { check } from './check.ts';
import { startCheckpointer } from './checkpointer.ts';
import { contradictedTime } from './clock.ts';
import { droppedEvents } from './dropped-events.ts';
import { eventReader } from './events-since.ts';
import { exportedUuid, exportTag, ownExportDetector } from './exported-uuid.ts';
import { forget, remainsOf } from './forget.ts';
import { inPlace } from './in-place.ts';
import { inserter } from './insert.ts';
import { emptyJournal } from './journal.ts';
import { readKeptFiles, unpackKeptFiles } from './kept-files.ts';
import { bump } from './meta.ts';
import { type DatabaseOptions, openDatabase } from './open-database.ts';
import { dropRawBefore } from './retention.ts';
import { catchUp } from './rollup/catch-up.ts';
import { loadActivity } from './rollup/load-activity.ts';
import { probe, stateOf } from './state.ts';
import type { Store } from './store.ts';
import { removeUnusedWords } from './unused-words.ts';

export type { Store } from './store.ts';

export interface StoreOptions extends DatabaseOptions {
  /** Compare uuids with everything that was ever stored, and not only with the last two days. */
  everyUuid?: boolean;
}

/**
 * The store in a data directory; it is made, with its directory, if there is none. A store of an earlier collector is
 * brought up to date first, which takes about ten seconds for a million events and may be interrupted. Throws SQLite's
 * error or `NewerSchemaError`.
 */
export function openStore(dataDir: string, options: StoreOptions = {}): Store {
  const { receiving = false, everyUuid = false } = options;
  const database = openDatabase(dataDir, options);
  unpackKeptFiles(database, dataDir);
  const tag = exportTag(database);
  const dropped = droppedEvents(database);
  const insert = inserter(database, { everyUuid, dropped });
  const checkpointer = receiving ? startCheckpointer(database, databasePath(dataDir)) : undefined;
  if (receiving) insert([]);
  return {
    insert,
    isEmpty: () => database.prepare('SELECT 1 FROM log LIMIT 1').get() === undefined,
    eventsSince: eventReader(database),
    uuidOf: ({ uuid, number }) => uuid ?? exportedUuid(tag, number),
    isOwnExport: ownExportDetector(database, tag, dropped),
    forget: (distinctIds, onProgress) => forget(database, distinctIds, onProgress),
    remainsOf: (distinctIds) => remainsOf(database, distinctIds),
    contradictedTime: (now, isConfirmed) => contradictedTime(database, now, isConfirmed),
    dropRawBefore: (cutoffTime, upTo) => dropRawBefore(database, cutoffTime, upTo),
    catchUp: (onProgress) => catchUp(database, onProgress),
    rebuild(onProgress) {
      bump(database, 'rollup_generation');
      const newest = catchUp(database, onProgress);
      removeUnusedWords(database);
      emptyJournal(database);
      return newest;
    },
    activity: (onProgress) => loadActivity(database, onProgress),
    backup: (target) => backup(database, target, readKeptFiles(dataDir)),
    state: () => stateOf(database),
    isInPlace: inPlace(databasePath(dataDir)),
    probe: (now) => probe(database, now),
    check: (options) => check(database, options),
    close() {
      checkpointer?.stop();
      database.close();
    },
  };
}
