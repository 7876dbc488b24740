/** May this user keep files there, without harm to others? */
import fs from 'node:fs';
import path from 'node:path';
import { attempt, hasCode } from './attempt.ts';
import type { Obstacle } from './host.ts';
import { kindInWords, lookAt } from './safe-read.ts';

/**
 * Files that root makes in the home of a user lock that user out, who then never reports again and can't change the
 * choice. So nothing is written where the folder, or the nearest one above that is there, belongs to another user.
 * Root's own folders are no obstacle to others: if they may write there, as in /tmp, they may.
 * @throws if it is so
 */
export function refuseForeignFolder(folder: string): void {
  const stats = nearest(folder)?.stats;
  if (stats && isForeign(stats.uid)) throw new Error(foreign(folder, stats.uid).why);
}

/**
 * What keeps this user from writing `file`, and the way out; undefined if nothing does, as far as can be told without
 * trying.
 */
export function obstacleTo(file: string): Obstacle | undefined {
  const found = attempt(() => nearest(path.dirname(file)));
  if (!found) return { why: `${path.dirname(file)} can't be looked at`, mend: 'look at its permissions' };
  const { place, stats } = found;
  if (!stats) return { why: `${place} is a link to nowhere`, mend: `rm ${quote(place)}` };
  if (!stats.isDirectory()) {
    return {
      why: `${place} is ${kindInWords(stats)}, not a directory`,
      mend: `mv ${quote(place)} ${quote(`${place}.old`)}`,
    };
  }
  if (isForeign(stats.uid)) return foreign(place, stats.uid);
  const refusal = whyNoAccess(place, stats.uid);
  if (refusal) return refusal;
  const there = attempt(() => fs.statSync(file, { throwIfNoEntry: false }));
  return there?.isDirectory()
    ? { why: `${file} is a directory, not a file`, mend: `mv ${quote(file)} ${quote(`${file}.old`)}` }
    : undefined;
}

/** The folder, or the nearest one above that is there; without `stats` if that is a link to nowhere. */
function nearest(folder: string): { place: string; stats: fs.Stats | undefined } {
  for (let place = folder; ; place = path.dirname(place)) {
    const found = lookAt(place);
    if (found) return { place, stats: fs.statSync(place, { throwIfNoEntry: false }) };
    if (path.dirname(place) === place) throw new Error(`${folder} has no root`);
  }
}

function isForeign(owner: number): boolean {
  const user = process.geteuid?.();
  return user !== undefined && owner !== user && owner !== 0;
}

function foreign(place: string, owner: number): Obstacle {
  const you = process.geteuid?.() === 0 ? 'root' : 'you';
  return {
    why: `${place} belongs to ${userName(owner)}, and what ${you} would write there would lock them out`,
    mend: 'run wasp as that user, without sudo',
  };
}

function whyNoAccess(place: string, owner: number): Obstacle | undefined {
  try {
    fs.accessSync(place, fs.constants.W_OK | fs.constants.X_OK);
    return undefined;
  } catch (error) {
    if (hasCode(error, 'EROFS')) {
      return { why: `${place} is on a file system that is read-only`, mend: 'make it writable' };
    }
    if (owner === process.geteuid?.()) {
      return { why: `you may not write in ${place}`, mend: `chmod u+rwx ${quote(place)}` };
    }
    return {
      why: `${place} belongs to ${userName(owner)}, and you may not write there`,
      mend: `sudo chown -R "$(id -un)" ${quote(place)}`,
    };
  }
}

function userName(id: number): string {
  return id === 0 ? 'root' : `the user with the id ${id}`;
}

function quote(file: string): string {
  return /^[\w./-]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`;
}
