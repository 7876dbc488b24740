/** Reading what may be anything: a named pipe, a device, a link to nowhere, a gigabyte (docs/spec.md section 4). */
import fs from 'node:fs';
import path from 'node:path';
import { hasCode } from './attempt.ts';
import { kindInWords, lookAt, nearest, otherOwner } from './look.ts';

/** Without O_NONBLOCK a named pipe would wait for its writer; without O_NOCTTY a terminal could become ours. */
const FLAGS = fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0) | (fs.constants.O_NOCTTY ?? 0);

/**
 * The bytes of a regular file, at most `limit`, without ever waiting; undefined if nothing is there.
 * @throws if something is there that is no such file, or if it can't be told
 */
export function readRegularFile(file: string, limit: number): Buffer | undefined {
  try {
    return readUnlessMissing(file, limit);
  } catch (error) {
    throw hasCode(error, 'EACCES', 'ELOOP') ? inWords(file) : error;
  }
}

function readUnlessMissing(file: string, limit: number): Buffer | undefined {
  const stats = fs.statSync(file, { throwIfNoEntry: false });
  if (!stats) {
    if (isThereByNow(file)) return readUnlessMissing(file, limit);
    return undefined;
  }
  refuseUnlessRegular(file, stats);
  if (stats.size > limit) throw tooLarge(file, limit);
  let fd: number;
  try {
    fd = fs.openSync(file, FLAGS);
  } catch (error) {
    // Removed since.
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  try {
    refuseUnlessRegular(file, fs.fstatSync(fd));
    return readAll(fd, file, stats.size, limit);
  } finally {
    fs.closeSync(fd);
  }
}

/** The first `length` bytes of a regular file. Throws if there is none. */
export function readStartOf(file: string, length: number): Uint8Array {
  refuseUnlessRegular(file, fs.statSync(file));
  const fd = fs.openSync(file, FLAGS);
  try {
    refuseUnlessRegular(file, fs.fstatSync(fd));
    const bytes = new Uint8Array(length);
    return bytes.subarray(0, fs.readSync(fd, bytes, 0, length, 0));
  } finally {
    fs.closeSync(fd);
  }
}

/** Files of /proc say that they are empty, and aren't; a file may grow while it is read. */
function readAll(fd: number, file: string, size: number, limit: number): Buffer {
  let bytes = Buffer.allocUnsafe(Math.min(Math.max(size, 4096), limit) + 1);
  for (let length = 0; ; ) {
    const read = fs.readSync(fd, bytes, length, bytes.length - length, null);
    if (read === 0) return bytes.subarray(0, length);
    length += read;
    if (length > limit) throw tooLarge(file, limit);
    if (length === bytes.length) bytes = Buffer.concat([bytes], Math.min(2 * length, limit + 1));
  }
}

/**
 * `stat` also says "nothing there" of a link to nowhere, and below a plain file. Neither means that nothing was ever
 * written. True if a file has come to be there meanwhile.
 * @throws unless nothing is there, for sure
 */
function isThereByNow(file: string): boolean {
  for (let place = file; ; place = path.dirname(place)) {
    const found = lookAt(place);
    if (found) {
      const target = found.isSymbolicLink() ? fs.statSync(place, { throwIfNoEntry: false }) : found;
      if (!target) throw new Error(`${place} is a link to nowhere`);
      if (place === file) return true;
      if (!target.isDirectory()) throw new Error(`${place} is ${kindInWords(target)}, not a directory`);
      return false;
    }
    if (path.dirname(place) === place) return false;
  }
}

function refuseUnlessRegular(file: string, stats: fs.Stats): void {
  if (!stats.isFile()) throw new Error(`${file} is ${kindInWords(stats)}, not a file`);
}

function tooLarge(file: string, limit: number): Error {
  return new Error(`${file} is larger than the ${limit} bytes that it can have`);
}

/** Why a file can't be reached or opened. */
function inWords(file: string): Error {
  const { place, stats, broken } = nearest(file);
  if (broken !== undefined || !stats) return new Error(broken);
  const owner = otherOwner(stats);
  const verb = stats.isDirectory() ? 'look into' : 'read';
  return new Error(
    owner ? `${place} belongs to ${owner}, and you may not ${verb} it` : `you may not ${verb} ${place}`,
  );
}
