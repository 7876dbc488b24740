import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type KeptFile, putKeptFiles } from './kept-files.ts';
import { createPrivately } from './private-files.ts';

/**
 * Writes a consistent copy of the database to `target` while the server goes on storing. One read transaction, not
 * SQLite's page-wise backup: that starts over whenever another process commits, which under load is always. The
 * copy is compact, so nothing that was forgotten lies in its free pages. `target` appears only when it is complete
 * and checked, and is for its owner only. Throws SQLite's error or Node's system error.
 * @param files go along, in a table of the copy
 */
export function backup(database: DatabaseSync, target: string, files: readonly KeptFile[] = []): void {
  const partial = `${target}.partial`;
  rmSync(partial, { force: true });
  try {
    createPrivately(partial);
    database.prepare('VACUUM INTO ?').run(partial);
    putKeptFiles(partial, files);
    check(partial);
    sync(partial);
    renameSync(partial, target);
    sync(dirname(target));
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

function check(path: string): void {
  const copy = new DatabaseSync(path, { readOnly: true });
  try {
    const result = copy.prepare('PRAGMA quick_check').get()?.quick_check;
    if (result !== 'ok') throw new Error(`The copy is damaged: ${result}`);
  } finally {
    copy.close();
  }
}

/** VACUUM INTO leaves the copy in the page cache. */
function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
