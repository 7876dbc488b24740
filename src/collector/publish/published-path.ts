import { join } from 'node:path';

/** Below the data directory: the signed file that the server hands out. */
export const PUBLISHED = 'messages/signed.json';

export function publishedPath(dataDir: string): string {
  return join(dataDir, PUBLISHED);
}
