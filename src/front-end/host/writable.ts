/** May this user keep files there, without harm to others? */
import fs from 'node:fs';
import path from 'node:path';
import { attempt, hasCode } from './attempt.ts';
import { home } from './home.ts';
import type { Obstacle } from './host.ts';
import { kindInWords, nearest, otherOwner } from './look.ts';

/**
 * Files that root makes in the home of a user lock that user out, who then never reports again and can't change the
 * choice. So nothing is written where the folder, or the nearest one above that is there, belongs to another user; and
 * root writes nothing in a home that belongs to another, no matter who made the folders in it.
 * Root's own folders are no obstacle to others: if they may write there, as in /tmp, they may.
 * @throws if it is so
 */
export function refuseForeignFolder(folder: string): void {
  const found = foreignFolder(folder);
  if (found) throw new Error(found.why);
}

/**
 * What keeps this user from writing `file`, and the way out; undefined if nothing does, as far as can be told without
 * trying.
 */
export function obstacleTo(file: string): Obstacle | undefined {
  const { place, stats, broken } = nearest(path.dirname(file));
  if (broken !== undefined || !stats) return { why: broken ?? place, mend: `rm ${quote(place)}` };
  if (!stats.isDirectory()) {
    return {
      why: `${place} is ${kindInWords(stats)}, not a directory`,
      mend: `mv ${quote(place)} ${quote(`${place}.old`)}`,
    };
  }
  const refusal = foreignFolder(path.dirname(file)) ?? whyNoAccess(place, stats);
  if (refusal) return refusal;
  const there = attempt(() => fs.statSync(file, { throwIfNoEntry: false }));
  return there?.isDirectory()
    ? { why: `${file} is a directory, not a file`, mend: `mv ${quote(file)} ${quote(`${file}.old`)}` }
    : undefined;
}

function foreignFolder(folder: string): Obstacle | undefined {
  const { place, stats } = nearest(folder);
  if (stats && isForeign(stats)) return foreign(place, stats);
  const userHome = process.geteuid?.() === 0 ? home() : undefined;
  if (userHome === undefined || isOutside(userHome, folder)) return undefined;
  const itself = attempt(() => fs.statSync(userHome, { throwIfNoEntry: false }));
  return itself && isForeign(itself) ? foreign(userHome, itself) : undefined;
}

function isForeign({ uid }: fs.Stats): boolean {
  const user = process.geteuid?.();
  return user !== undefined && uid !== user && uid !== 0;
}

function foreign(place: string, stats: fs.Stats): Obstacle {
  const you = process.geteuid?.() === 0 ? 'root' : 'you';
  return {
    why: `${place} belongs to ${otherOwner(stats)}, and what ${you} would write there would lock them out`,
    mend: 'run wasp as that user, without sudo',
  };
}

function whyNoAccess(place: string, stats: fs.Stats): Obstacle | undefined {
  try {
    fs.accessSync(place, fs.constants.W_OK | fs.constants.X_OK);
    return undefined;
  } catch (error) {
    if (hasCode(error, 'EROFS')) {
      return { why: `${place} is on a file system that is read-only`, mend: 'make it writable' };
    }
    const owner = otherOwner(stats);
    if (owner === undefined) {
      return { why: `you may not write in ${place}`, mend: `chmod u+rwx ${quote(place)}` };
    }
    return {
      why: `${place} belongs to ${owner}, and you may not write there`,
      mend: `sudo chown -R "$(id -un)" ${quote(topmostOf(stats.uid, place))}`,
    };
  }
}

/** The folder nearest to the user's home that the same owner has all the way down to `place`: one command mends it. */
function topmostOf(owner: number, place: string): string {
  const parent = path.dirname(place);
  const userHome = home();
  if (userHome === undefined || parent === path.resolve(userHome) || isOutside(userHome, parent))
    return place;
  return attempt(() => fs.lstatSync(parent))?.uid === owner ? topmostOf(owner, parent) : place;
}

function isOutside(folder: string, place: string): boolean {
  return path.relative(folder, place).startsWith('..');
}

function quote(file: string): string {
  return /^[\w./-]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`;
}
