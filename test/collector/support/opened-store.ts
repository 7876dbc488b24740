import type { DatabaseSync } from 'node:sqlite';
import { openStore, type Store } from '../../../src/collector/store/open-store.ts';
import { cleanup } from '../../support/cleanup.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { databaseIn } from './database.ts';

export interface OpenedStore extends Store {
  directory: string;
  /** Another connection to the same file, past the store. */
  database: DatabaseSync;
  all(sql: string): Record<string, unknown>[];
}

/** A store that is closed when the test ends. */
export function openedStore(directory = temporaryDirectory()): OpenedStore {
  const store = openStore(directory);
  let isOpen = true;
  const close = () => {
    if (isOpen) store.close();
    isOpen = false;
  };
  cleanup(close);
  const database = databaseIn(directory);
  return { ...store, close, directory, database, all: (sql) => database.prepare(sql).all() };
}
