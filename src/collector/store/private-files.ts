import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, statSync } from 'node:fs';
import { hasCode } from '../errors.ts';

/** Rights of everybody but the owner. */
const OTHERS = 0o077;
const SHARED_LIKE_TMP = 0o1000;
/** Folders in a data directory: ours, and what a disk of its own has at its top. */
const OWN_FOLDERS: ReadonlySet<string> = new Set(['messages', 'lost+found']);

/**
 * Makes the directory if there is none; what others may do in it, or with these files in it, they may not any more. What
 * the owner may do stays: a store that was made read-only is no mistake. What belongs to another user is left alone,
 * since only its owner can change its rights.
 */
export function makePrivate(directory: string, files: readonly string[]): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  // The files are closed all the same.
  if (!isMeantForAll(directory)) closeToOthers(directory);
  // By name: opening a database's file and closing it again would give up SQLite's locks on it.
  for (const file of files) closeToOthers(file);
}

/** Such as /tmp, and /var/lib for root: closing that would end every other service of the machine. */
function isMeantForAll(directory: string): boolean {
  if ((statSync(directory).mode & SHARED_LIKE_TMP) !== 0) return true;
  if (process.getuid?.() !== 0) return false;
  return readdirSync(directory, { withFileTypes: true }).some(
    (entry) => entry.isDirectory() && !OWN_FOLDERS.has(entry.name),
  );
}

function closeToOthers(path: string): void {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined || (status.mode & OTHERS) === 0 || !mayChange(status.uid)) return;
  chmodSync(path, status.mode & 0o7777 & ~OTHERS);
}

function mayChange(owner: number): boolean {
  const user = process.getuid?.();
  return user === owner || user === 0;
}

/** Makes an empty file that only its owner can read, unless there is a file already. */
export function createPrivately(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
}
