import fs from 'node:fs';
import path from 'node:path';
import { attempt, hasCode } from './attempt.ts';
import type { Files } from './host.ts';

export const files: Files = {
  read(file) {
    try {
      if (!isThere(file)) return undefined;
      return fs.readFileSync(file, 'utf8');
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
      throw error;
    }
  },

  readStart(file, length) {
    const fd = fs.openSync(file, 'r');
    try {
      const bytes = new Uint8Array(length);
      return bytes.subarray(0, fs.readSync(fd, bytes, 0, length, 0));
    } finally {
      fs.closeSync(fd);
    }
  },

  facts(file) {
    const stats = attempt(() => fs.statSync(file, { throwIfNoEntry: false }));
    if (!stats) return undefined;
    return {
      kind: stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : 'other',
      executable: attempt(() => fs.accessSync(file, fs.constants.X_OK) ?? true) ?? false,
      identity: `${stats.dev}:${stats.ino}`,
      modified: stats.mtimeMs,
    };
  },

  realPath: (file) => attempt(() => fs.realpathSync.native(file)),

  list(directory) {
    try {
      if (!isThere(directory)) return [];
      return fs.readdirSync(directory).sort();
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
      throw error;
    }
  },

  create(file, content) {
    // Written aside and linked into place, so that nobody ever reads half of it.
    const fresh = writeAside(file, content);
    try {
      fs.linkSync(fresh, file);
      return true;
    } catch (error) {
      if (hasCode(error, 'EEXIST')) return false;
      throw error;
    } finally {
      attempt(() => fs.unlinkSync(fresh));
    }
  },

  replace(file, content) {
    const fresh = writeAside(file, content);
    try {
      fs.renameSync(fresh, file);
    } catch (error) {
      attempt(() => fs.unlinkSync(fresh));
      throw error;
    }
  },

  remove: (file) => fs.rmSync(file, { force: true, recursive: true }),
};

/** Asked first, since most files aren't there on most runs, and making an error takes longer than asking. Throws if it can't be told. */
function isThere(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false }) !== undefined;
}

/** Writes a new file beside `file`, making the folder if need be, and returns its path. */
function writeAside(file: string, content: string): string {
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

/** Not Node's recursive mkdir: that one never returns where the system lets nobody make a folder and calls it ENOENT, as /proc does. */
function makeFolder(folder: string): void {
  const make = () => {
    try {
      fs.mkdirSync(folder);
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
