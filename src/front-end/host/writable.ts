/** May this user keep files there, without harm to others? */
import fs from 'node:fs';
import path from 'node:path';
import { attempt, hasCode } from './attempt.ts';
import { home } from './home.ts';
import type { Obstacle } from './host.ts';
import { kindInWords, lookAt, nearest, otherOwner } from './look.ts';
import { allow, ELSEWHERE, isOutside, makeMutable, moveAway, remove, takeOver } from './mend.ts';

/** Of Linux's /proc and /sys, as `statfs` has them: they can't hold files, and say otherwise of root. */
const FOR_SHOW: readonly number[] = [0x9fa0, 0x62656572];

/** Files and folders, and blocks for them, that a first report makes, and a few more. */
const NEEDED = 8;

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
  try {
    return obstacleOnTheWay(path.dirname(file)) ?? obstacleInPlace(file);
  } catch (error) {
    // A name that is too long, a file system whose server is gone.
    return { why: (error as Error).message, mend: ELSEWHERE };
  }
}

function obstacleOnTheWay(folder: string): Obstacle | undefined {
  const { place, stats, broken } = nearest(folder);
  if (broken !== undefined || !stats) return { why: broken ?? place, mend: remove(place) };
  if (!stats.isDirectory()) {
    return { why: `${place} is ${kindInWords(stats)}, not a directory`, mend: moveAway(place) };
  }
  return foreignFolder(folder) ?? whyNoAccess(place, stats) ?? whyNoRoom(place);
}

/** Something at the place itself that can't be replaced. */
function obstacleInPlace(file: string): Obstacle | undefined {
  const there = lookAt(file);
  if (!there) return undefined;
  if (there.isDirectory()) {
    return { why: `${file} is a directory, not a file`, mend: moveAway(file) };
  }
  if (isImmutable(file)) return immutable(file);
  const sticky = 0o1000;
  const folder = fs.statSync(path.dirname(file));
  const owners = [0, folder.uid, there.uid];
  if (!(folder.mode & sticky) || owners.includes(process.geteuid?.() ?? 0)) return undefined;
  return { why: `${file} belongs to ${otherOwner(there)}, and you may not replace it`, mend: takeOver(file) };
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
    if (hasCode(error, 'EPERM')) return immutable(place);
    if (hasCode(error, 'EROFS')) {
      return { why: `${place} is on a file system that is read-only`, mend: 'make it writable' };
    }
    const owner = otherOwner(stats);
    if (owner === undefined) return { why: `you may not write in ${place}`, mend: allow(place) };
    return { why: `${place} belongs to ${owner}, and you may not write there`, mend: takeOver(place) };
  }
}

/** Even root may not write where `chattr +i` was: then Linux says EPERM, where it says EACCES for want of permission. */
function isImmutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.W_OK);
    return false;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

function immutable(place: string): Obstacle {
  return { why: `${place} is immutable`, mend: makeMutable(place) };
}

/** No room for what a report leaves. A quota can't be seen. */
function whyNoRoom(folder: string): Obstacle | undefined {
  const { type, blocks, bavail, bfree, files, ffree } = fs.statfsSync(folder);
  if (FOR_SHOW.includes(type)) return { why: `no files can be made in ${folder}`, mend: ELSEWHERE };
  const free = process.geteuid?.() === 0 ? bfree : bavail;
  if ((blocks > 0 && free < NEEDED) || (files > 0 && ffree < NEEDED)) {
    return { why: `the disk with ${folder} is full`, mend: 'make room on it' };
  }
  return undefined;
}
