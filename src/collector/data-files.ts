/** Files in the data directory beside the database: small, and whole or not there. */
import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { databasePath } from './data-directory.ts';
import { messageOf, OperatorError } from './errors.ts';

/**
 * Writes a new file, with its folder, and renames it over the old one: readers see all of one or all of the other. It
 * belongs to the user to whom the data belongs, who runs the server.
 * @param path below the data directory
 * @throws OperatorError before anything is replaced, if the server could not read it
 */
export function replaceDataFile(dataDir: string, path: string, content: string | Uint8Array): void {
  const file = join(dataDir, path);
  makeDataFolder(dataDir, dirname(path));
  const fresh = `${file}.${process.pid}.new`;
  try {
    writeFileSync(fresh, content, { mode: 0o600, flush: true });
    // Whatever the caller's umask is.
    chmodSync(fresh, 0o600);
    giveToServer(dataDir, fresh);
    renameSync(fresh, file);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error instanceof OperatorError
      ? error
      : new OperatorError(`Can't write ${file}: ${messageOf(error)}`);
  }
}

/** Makes an empty file, with its folder, for the server's user only, if it isn't there. Throws `OperatorError`. */
export function makeDataFile(dataDir: string, path: string): void {
  const file = join(dataDir, path);
  makeDataFolder(dataDir, dirname(path));
  try {
    closeSync(openSync(file, 'a', 0o600));
  } catch (error) {
    if (ownerOf(dataDir).uid !== process.geteuid?.()) throw asAnother(dataDir, `You may not write ${file}`);
    throw new OperatorError(`Can't write ${file}: ${messageOf(error)}`);
  }
  giveToServer(dataDir, file);
}

/** Makes a folder in the data directory, for the server's user only. Throws `OperatorError`. */
export function makeDataFolder(dataDir: string, path: string): void {
  const folder = join(dataDir, path);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new OperatorError(`Can't make ${folder}: ${messageOf(error)}`);
  }
  if (path !== '.') giveToServer(dataDir, folder);
}

/**
 * Gives a file to the user to whom the data belongs. Throws `OperatorError` if it belongs to another one and can't be given.
 */
export function giveToServer(dataDir: string, path: string): void {
  const { uid, gid } = ownerOf(dataDir);
  const { uid: itsOwner } = statSync(path);
  if (itsOwner === uid) return;
  try {
    chownSync(path, uid, gid);
  } catch {
    if (uid !== process.geteuid?.()) throw asAnother(dataDir, `The server could not read ${path}`);
    throw ofAnother(dataDir, path, itsOwner);
  }
}

/** Throws `OperatorError` if the folder is there, is another user's than the data, and may not be looked into. */
export function checkDataFolder(dataDir: string, path: string): void {
  const folder = join(dataDir, path);
  if (!existsSync(folder)) return;
  const { uid: itsOwner } = statSync(folder);
  if (itsOwner === ownerOf(dataDir).uid) return;
  try {
    accessSync(folder, constants.X_OK);
  } catch {
    throw ofAnother(dataDir, folder, itsOwner);
  }
}

/** The user to whom the data belong, who runs the server. */
function ownerOf(dataDir: string): Stats {
  const database = databasePath(dataDir);
  return statSync(existsSync(database) ? database : dataDir);
}

function ofAnother(dataDir: string, path: string, itsOwner: number): OperatorError {
  const { uid } = ownerOf(dataDir);
  return new OperatorError(
    `${path} belongs to another user (uid ${itsOwner}) than the data in ${dataDir}. Give it back, as root: chown -R ${uid} ${dataDir}`,
  );
}

function asAnother(dataDir: string, what: string): OperatorError {
  const { uid } = ownerOf(dataDir);
  return new OperatorError(
    `${what}: the data in ${dataDir} belongs to another user (uid ${uid}). Run this command as that user.`,
  );
}
