/** What lies at a path, and above it, without following or waiting for anything. */
import fs from 'node:fs';
import path from 'node:path';
import { hasCode } from './attempt.ts';

/** The nearest thing on the way to a path that can be looked at. */
export interface Nearest {
  readonly place: string;
  /** Of what it leads to; absent if it is a link that leads to nothing. */
  readonly stats?: fs.Stats;
  /** Why there are no stats, in words. */
  readonly broken?: string;
}

/** What is at a path itself, links included; undefined if nothing is, or something above it is no directory. */
export function lookAt(place: string): fs.Stats | undefined {
  try {
    return fs.lstatSync(place, { throwIfNoEntry: false });
  } catch (error) {
    // `stat` takes this for "nothing there" with that option, `lstat` doesn't.
    if (hasCode(error, 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** What is at that path, or at the nearest one above where there is something that can be looked at. */
export function nearest(file: string): Nearest {
  for (let place = file; ; place = path.dirname(place)) {
    const found = lookIfAllowed(place);
    if (found) return found.isSymbolicLink() ? followed(place) : { place, stats: found };
    if (path.dirname(place) === place) throw new Error(`${file} has no root`);
  }
}

function lookIfAllowed(place: string): fs.Stats | undefined {
  try {
    return lookAt(place);
  } catch (error) {
    if (hasCode(error, 'EACCES', 'ELOOP')) return undefined;
    throw error;
  }
}

function followed(place: string): Nearest {
  try {
    const stats = fs.statSync(place, { throwIfNoEntry: false });
    return stats ? { place, stats } : { place, broken: `${place} is a link to nowhere` };
  } catch (error) {
    if (hasCode(error, 'ELOOP')) return { place, broken: `${place} is a link to itself` };
    if (hasCode(error, 'EACCES')) return { place, broken: `${place} is a link to where you may not look` };
    throw error;
  }
}

/** What is at a path, in words, if it isn't a regular file. */
export function kindInWords(stats: fs.Stats): string {
  if (stats.isDirectory()) return 'a directory';
  if (stats.isFIFO()) return 'a named pipe';
  if (stats.isSocket()) return 'a socket';
  return stats.isFile() ? 'a file' : 'a device';
}

/** Who owns it, if it isn't this user: for `belongs to …`. */
export function otherOwner({ uid }: fs.Stats): string | undefined {
  if (uid === process.geteuid?.()) return undefined;
  return uid === 0 ? 'root' : `the user with the id ${uid}`;
}
