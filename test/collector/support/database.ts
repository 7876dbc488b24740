import { DatabaseSync } from 'node:sqlite';
import { databasePath } from '../../../src/collector/data-directory.ts';
import { cleanup } from '../../support/cleanup.ts';

/** A second connection to a store's database, past the store: to look into it, to lock it, to break it. */
export function databaseIn(directory: string): DatabaseSync {
  const database = new DatabaseSync(databasePath(directory));
  cleanup(() => database.close());
  return database;
}
