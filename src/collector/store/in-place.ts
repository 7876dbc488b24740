import { type BigIntStats, statSync } from 'node:fs';

/**
 * Remembers which files a connection has open, and returns the function that tells whether they still are what their
 * names lead to. Once one was removed or another was put in its place, SQLite goes on writing to the old one, which is
 * gone with the process.
 */
export function inPlace(path: string): () => boolean {
  const files = [path, `${path}-wal`];
  const opened = files.map(identity);
  return () => files.every((file, index) => identity(file) === opened[index]);
}

function identity(file: string): string {
  const status: BigIntStats | undefined = statSync(file, { bigint: true, throwIfNoEntry: false });
  return status === undefined ? '' : `${status.dev}:${status.ino}`;
}
