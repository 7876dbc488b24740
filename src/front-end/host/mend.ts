/**
 * What a user can do about something that is in the way of a file. A shell command is named only for what lies in a
 * folder that is for this user's files: nobody is to be told to rename /dev/null or to take over the root directory.
 */
import fs from 'node:fs';
import path from 'node:path';
import { attempt } from './attempt.ts';
import { home } from './home.ts';

/** Where the way leads through what isn't this user's business. */
export const ELSEWHERE =
  'set HOME, and XDG_CONFIG_HOME and XDG_CACHE_HOME if they are set, to folders of your own';

export function remove(place: string): string {
  return isInside(place) ? `rm ${quote(place)}` : ELSEWHERE;
}

export function moveAway(place: string): string {
  return isInside(place) ? `mv ${quote(place)} ${quote(`${place}.old`)}` : ELSEWHERE;
}

/** Of a folder of this user's. */
export function allow(folder: string): string {
  return isInside(folder) || isRoot(folder) ? `chmod u+rwx ${quote(folder)}` : ELSEWHERE;
}

/** Of what even its owner may not change. */
export function makeMutable(place: string): string {
  const command = process.platform === 'darwin' ? 'sudo chflags nouchg,noschg' : 'sudo chattr -i';
  return isInside(place) || isRoot(place) ? `${command} ${quote(place)}` : ELSEWHERE;
}

/** Of what belongs to another user: one command for all of it that lies together. */
export function takeOver(place: string): string {
  const command = `sudo chown -R "$(id -un)"`;
  if (isInside(place))
    return `${command} ${quote(topmostOf(attempt(() => fs.lstatSync(place))?.uid, place))}`;
  // Right below the root directory lie /proc, /tmp and root's own home.
  const mayBeTaken = isRoot(place) && path.dirname(path.dirname(place)) !== path.dirname(place);
  return mayBeTaken ? `${ELSEWHERE}; or, if this one is to be yours: ${command} ${quote(place)}` : ELSEWHERE;
}

export function isOutside(folder: string, place: string): boolean {
  const way = path.relative(folder, place);
  return way.split(path.sep, 1)[0] === '..' || path.isAbsolute(way);
}

/** The highest place above, in a folder for this user's files, that the same owner has all the way down. */
function topmostOf(owner: number | undefined, place: string): string {
  const parent = path.dirname(place);
  if (!isInside(parent) || attempt(() => fs.lstatSync(parent))?.uid !== owner) return place;
  return topmostOf(owner, parent);
}

/** The folders that the environment names for this user's files. */
function roots(): string[] {
  const { XDG_CONFIG_HOME, XDG_CACHE_HOME } = process.env;
  return [home(), XDG_CONFIG_HOME, XDG_CACHE_HOME].flatMap((folder) => {
    if (!folder || !path.isAbsolute(folder)) return [];
    const resolved = path.resolve(folder);
    return path.dirname(resolved) === resolved ? [] : [resolved];
  });
}

function isRoot(place: string): boolean {
  return roots().includes(path.resolve(place));
}

function isInside(place: string): boolean {
  return !isRoot(place) && roots().some((root) => !isOutside(root, place));
}

function quote(file: string): string {
  return /^[\w./-]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`;
}
