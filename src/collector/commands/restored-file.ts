import { existsSync } from 'node:fs';
import { databasePath } from '../data-directory.ts';
import { openStore } from '../store/open-store.ts';

/**
 * To be called before a small file of a data directory is read or replaced past the store: a database that was restored
 * from a backup brings them along, and they come out of it when it is opened.
 */
export function unpackRestored(data: string, file: string): void {
  if (!existsSync(file) && existsSync(databasePath(data))) openStore(data).close();
}
