import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { databasePath } from '../data-directory.ts';
import { storedId } from './stored-id.ts';

/** Bytes at a time. */
const PIECE = 4 * 2 ** 20;
/** Shorter ids occur by chance. */
const SHORTEST = 12;
/** Each id costs a pass through the files. */
const MOST = 20;

/** What was looked for in the files, and where it is. */
export interface Traces {
  /** Ids that were looked for. */
  ids: number;
  files: string[];
}

/**
 * Looks for the bytes of ids in the files of a store, free pages included. Not while this process has the store open:
 * closing one of its files would give up SQLite's locks.
 */
export function findTraces(dataDir: string, distinctIds: readonly string[]): Traces {
  const ids = distinctIds.filter((id) => id.length >= SHORTEST).slice(0, MOST);
  const patterns = ids.flatMap((id) => [Buffer.from(id), Buffer.from(storedId(id))]);
  const path = databasePath(dataDir);
  const files = [path, `${path}-wal`].filter((file) => existsSync(file) && contains(file, patterns));
  return { ids: ids.length, files };
}

function contains(file: string, patterns: readonly Buffer[]): boolean {
  const overlap = Math.max(0, ...patterns.map(({ length }) => length - 1));
  const buffer = Buffer.alloc(overlap + PIECE);
  const descriptor = openSync(file, 'r');
  try {
    for (let kept = 0; ; ) {
      const bytes = readSync(descriptor, buffer, kept, PIECE, null);
      if (bytes === 0) return false;
      const piece = buffer.subarray(0, kept + bytes);
      if (patterns.some((pattern) => piece.includes(pattern))) return true;
      kept = Math.min(overlap, piece.length);
      buffer.copyWithin(0, piece.length - kept, piece.length);
    }
  } finally {
    closeSync(descriptor);
  }
}
