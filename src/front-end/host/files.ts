import fs from 'node:fs';
import path from 'node:path';
import { accessList } from './access-list.ts';
import { attempt, hasCode } from './attempt.ts';
import type { Files } from './host.ts';
import { readRegularFile, readStartOf } from './safe-read.ts';
import { obstacleTo, refuseForeignFolder } from './writable.ts';

/** What a file may hold, in bytes, unless the caller says otherwise: far more than any of ours. */
const USUAL_LIMIT = 1024 * 1024;
/** What file systems say that know no hard links, as exFAT and those of phones. */
const NO_HARD_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EACCES', 'EMLINK'] as const;

export const files: Files = {
  read: (file, limit = USUAL_LIMIT) => readRegularFile(file, limit)?.toString(),

  readStart: readStartOf,

  stat(file) {
    const stats = attempt(() => fs.statSync(file, { throwIfNoEntry: false }));
    if (!stats) return undefined;
    return {
      kind: stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : 'other',
      executable: attempt(() => fs.accessSync(file, fs.constants.X_OK) ?? true) ?? false,
      identity: `${stats.dev}:${stats.ino}`,
      modified: stats.mtimeMs,
      owner: stats.uid,
      group: stats.gid,
      mode: stats.mode & 0o7777,
    };
  },

  isLink: (file) => attempt(() => fs.lstatSync(file))?.isSymbolicLink() ?? false,

  linkTarget: (file) =>
    attempt(() => fs.lstatSync(file))?.isSymbolicLink() ? attempt(() => fs.readlinkSync(file)) : undefined,

  accessList,

  obstacleTo,

  realPath: (file) => attempt(() => fs.realpathSync.native(file)),

  list(directory) {
    try {
      // Asked first: it usually isn't there, and making an error takes longer than asking.
      if (!fs.statSync(directory, { throwIfNoEntry: false })) return [];
      return fs.readdirSync(directory).sort();
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
      throw error;
    }
  },

  create: (file, content) => forOwnerAlone(() => createFile(file, content)),

  replace: (file, content) => forOwnerAlone(() => replaceFile(file, content)),

  remove: (file) => fs.rmSync(file, { force: true, recursive: true }),
};

/**
 * Not with the caller's umask: under 0 others could plant links in the folders that are made, and one that takes rights
 * from the owner would close ~/.cache to every program of this user.
 */
function forOwnerAlone<Result>(write: () => Result): Result {
  const before = process.umask(0o077);
  try {
    return write();
  } finally {
    process.umask(before);
  }
}

function createFile(file: string, content: string): boolean {
  // Written aside and linked into place, so that no process reads half of it.
  const fresh = writeAside(file, content);
  try {
    fs.linkSync(fresh, file);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    if (hasCode(error, ...NO_HARD_LINKS)) return createInPlace(file, content);
    throw error;
  } finally {
    attempt(() => fs.unlinkSync(fresh));
  }
}

/** Others may find it empty for a moment; those who read what is created so take that for a file whose content was lost. */
function createInPlace(file: string, content: string): boolean {
  try {
    fs.writeFileSync(file, content, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function replaceFile(file: string, content: string): void {
  const fresh = writeAside(file, content);
  try {
    fs.renameSync(fresh, file);
  } catch (error) {
    attempt(() => fs.unlinkSync(fresh));
    throw error;
  }
}

/** Writes a new file beside `file`, making the folder if need be, and returns its path. */
function writeAside(file: string, content: string): string {
  refuseForeignFolder(path.dirname(file));
  const fresh = `${file}.${process.pid}.${process.hrtime.bigint()}.new`;
  const write = () => fs.writeFileSync(fresh, content, { flag: 'wx', mode: 0o600 });
  try {
    try {
      write();
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error;
      makeFolder(path.dirname(file));
      write();
    }
  } catch (error) {
    attempt(() => fs.unlinkSync(fresh));
    throw error;
  }
  return fresh;
}

/** Not Node's recursive mkdir: that one never returns where the system allows no folder to be made and calls it ENOENT, as /proc does. */
function makeFolder(folder: string): void {
  const make = () => {
    try {
      fs.mkdirSync(folder, { mode: 0o700 });
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
    }
  };
  try {
    make();
  } catch (error) {
    const parent = path.dirname(folder);
    if (!hasCode(error, 'ENOENT') || parent === folder) throw error;
    makeFolder(parent);
    make();
  }
}
