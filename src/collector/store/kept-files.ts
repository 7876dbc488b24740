/** The small files of a data directory beside its database: a backup takes them along in a table, and a restored one brings them back. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { replaceDataFile } from '../data-files.ts';
import { readDataFile } from '../regular-file.ts';

/** A file below the data directory. */
export interface KeptFile {
  readonly path: string;
  readonly content: Uint8Array;
}

/**
 * Which files these are: the page's token and shared links, the notes, what was posted where, and all that `message`
 * keeps. Never what leads out of the directory. How far was shipped to a ClickHouse is not among them: by that a copy
 * could take the place of the receiver that it is a copy of.
 */
const PATHS = /^(page-token|page-shares\.json|notes\.json|digests\.json|messages\/[a-z][a-z-]*(\.json)?)$/;

/** What is there now. Throws `OperatorError`. */
export function readKeptFiles(dataDir: string): KeptFile[] {
  const messages = join(dataDir, 'messages');
  const names = existsSync(messages) ? readdirSync(messages).map((name) => `messages/${name}`) : [];
  return ['page-token', 'page-shares.json', 'notes.json', 'digests.json', ...names]
    .filter((path) => PATHS.test(path) && path !== 'messages/lock')
    .flatMap((path) => {
      const content = readDataFile(join(dataDir, path));
      return content ? [{ path, content }] : [];
    });
}

/** Puts files into the copy of a database. Throws SQLite's error. */
export function putKeptFiles(copy: string, files: readonly KeptFile[]): void {
  const database = new DatabaseSync(copy);
  try {
    database.exec('DROP TABLE IF EXISTS kept_file');
    database.exec('CREATE TABLE kept_file (path TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT');
    const insert = database.prepare('INSERT INTO kept_file VALUES (?, ?)');
    for (const { path, content } of files) insert.run(path, content);
  } finally {
    database.close();
  }
}

/**
 * Puts files out of a restored database beside it, where they are missing: what is there is at least as new. Throws
 * SQLite's error, or `OperatorError` if they can't be written; they stay in the database then.
 */
export function unpackKeptFiles(database: DatabaseSync, dataDir: string): void {
  if (!hasKeptFiles(database)) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    if (hasKeptFiles(database)) {
      for (const { path, content } of database.prepare('SELECT path, content FROM kept_file').all()) {
        const isMissing = PATHS.test(String(path)) && !existsSync(join(dataDir, String(path)));
        if (isMissing) replaceDataFile(dataDir, String(path), content as Uint8Array);
      }
      database.exec('DROP TABLE kept_file');
    }
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function hasKeptFiles(database: DatabaseSync): boolean {
  return database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'kept_file'").get() !== undefined;
}
