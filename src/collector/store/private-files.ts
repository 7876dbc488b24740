import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';

const OWNER_ONLY = 0o077;
const SHARED_LIKE_TMP = 0o1000;

/** Makes the directory if there is none; what others may do in it, or with these files in it, they may not any more. */
export function makePrivate(directory: string, files: readonly string[]): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const { mode, uid } = statSync(directory);
  // A directory that is meant for all keeps its rights; the files are closed all the same.
  const isOurs = uid === process.getuid?.() && (mode & SHARED_LIKE_TMP) === 0;
  if (isOurs && (mode & OWNER_ONLY) !== 0) chmodSync(directory, 0o700);
  for (const file of files) {
    // By name: opening a database's file and closing it again would give up SQLite's locks on it.
    if (existsSync(file) && (statSync(file).mode & OWNER_ONLY) !== 0) chmodSync(file, 0o600);
  }
}

/** Makes an empty file that only its owner can read, unless there is a file already. */
export function createPrivately(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
