import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where the database lies inside the data directory. */
export function databasePath(dataDir: string): string {
  return join(dataDir, 'collector.db');
}

/** What a collector keeps in there under names that nobody else uses; it may have begun with any of them. */
const ITS_FILES = [
  ...['collector.db', 'collector.db-wal', 'page-token'],
  ...['drafts.json', 'signed.json', 'public-keys', 'lock'].map((name) => `messages/${name}`),
];

/** Does a collector keep its data in this directory? */
export function isDataDirectory(directory: string): boolean {
  return ITS_FILES.some((name) => existsSync(join(directory, name)));
}
