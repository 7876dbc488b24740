/**
 * Whose program a file is that was not named by its user but found (docs/spec.md section 7). What remains after this
 * check: between it and the start, these files can be changed by those who were judged fit, and by those who can rename
 * a folder above the place where judging began.
 */
import path from 'node:path';
import type { FileStat, Host } from '../host/host.ts';
import { writersIn } from './access-list.ts';
import { isGroupOf } from './group.ts';

/** The longest way through links. */
const MAX_LINKS = 40;
const STICKY = 0o1000;

/** The user ids whose files may be run: this user's, root's, and those of the owner of `start`. */
export function trustedUsers(host: Host, start?: string): readonly number[] | undefined {
  if (host.userId === undefined) return undefined;
  const owner = start === undefined ? undefined : host.files.stat(start)?.owner;
  return [host.userId, 0, ...(owner === undefined ? [] : [owner])];
}

/**
 * Why `file`, below `holder`, must not be run, or undefined: `holder` and everything from there to the file has to belong
 * to one of `users`, and no other user may write it. Links are followed step by step, and what they lead through is judged too.
 * Above a link's target a sticky folder such as /tmp will do, since there only the owner can replace what lies in it.
 */
export function whyNotTrusted(
  host: Host,
  holder: string,
  file: string,
  users: readonly number[] | undefined,
): string | undefined {
  // A platform without user ids, or one that doesn't tell.
  if (users === undefined) return undefined;
  const inside = fault(host, holder, users, false);
  if (inside) return inside;
  let place = holder;
  let elsewhere = false;
  let links = 0;
  // Not normalized: `..` behind a link leads to where the link leads.
  const rest = file.slice(holder.length).split('/');
  for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
    if (name === '' || name === '.') continue;
    const next = path.join(place, name);
    const target = name === '..' ? undefined : host.files.linkTarget(next);
    if (target === undefined) {
      place = next;
      elsewhere ||= !isIn(holder, place);
      const kept = elsewhere && rest.length > 1 && rest[0] !== 'node_modules';
      const why = fault(host, place, users, kept);
      if (why) return why;
      continue;
    }
    if (++links > MAX_LINKS) return `${next} is a link without end`;
    rest.unshift(...target.split('/'));
    if (path.isAbsolute(target)) place = '/';
  }
  return undefined;
}

function isIn(folder: string, place: string): boolean {
  return place === folder || place.startsWith(folder === '/' ? folder : `${folder}/`);
}

/** @param sticky is a folder enough in which only owners replace what is theirs? */
function fault(host: Host, place: string, users: readonly number[], sticky: boolean): string | undefined {
  const stat = host.files.stat(place);
  if (!stat) return `${place} can't be looked at`;
  if (!users.includes(stat.owner)) return `${place} belongs to another user (uid ${stat.owner})`;
  if (sticky && stat.kind === 'directory' && stat.mode & STICKY) return undefined;
  return whoElseWrites(host, place, stat, users);
}

function whoElseWrites(
  host: Host,
  place: string,
  { mode, group }: FileStat,
  users: readonly number[],
): string | undefined {
  if (mode & 0o002) return `every user can write ${place}`;
  // Where there is an access control list, the group's bits stand for all that it grants.
  if (!(mode & 0o020)) return undefined;
  const list = host.files.accessList(place);
  const writers = list ? writersIn(list, group) : { users: [], groups: [group] };
  if (!writers) return `${place} has an access control list that can't be read`;
  const user = writers.users.find((id) => !users.includes(id));
  if (user !== undefined) return `user ${user} can write ${place}, by its access control list`;
  const open = writers.groups.find((id) => !isGroupOf(host, id, users));
  return open === undefined ? undefined : `other users of group ${open} can write ${place}`;
}
