import { join } from 'node:path';

/** Where the database lies inside the data directory. */
export function databasePath(dataDir: string): string {
  return join(dataDir, 'collector.db');
}
