import path from 'node:path';
import { LEVELS, type Message } from '../../protocol/messages.ts';
import type { Host } from '../host/host.ts';
import { formatTime, parseTime } from '../host/time.ts';

/** How many ids are remembered; only those of messages that are gone are ever forgotten. */
const REMEMBERED = 500;

/**
 * - `shown`: all of it was printed.
 * - `mentioned`: it was one of those of which only the number was printed.
 */
export type Showing = 'shown' | 'mentioned';

/** That a message was shown. */
export interface Shown {
  readonly times: number;
  /** Milliseconds since the epoch; 0 if the file doesn't tell. */
  readonly last: number;
  readonly how: Showing;
}

/** When a message was last shown, undefined if never. Where that can't be looked up it counts as shown, at an unknown time. */
export function readShown(host: Host, directory: string, id: string): Shown | undefined {
  const names = listMarks(host, folderOf(directory, id));
  if (!names) return { times: 0, last: 0, how: 'shown' };
  const times = Math.max(0, ...names.filter(isNumber).map(Number));
  if (times === 0) return undefined;
  const [stamp, how] = readMark(host, path.join(folderOf(directory, id), String(times))).split(' ');
  return { times, last: parseTime(stamp) ?? 0, how: how === 'mentioned' ? how : 'shown' };
}

/**
 * When a message is due again, in milliseconds since the epoch; undefined: never. One that was last shown in the
 * future, by a clock that was set back since, is due.
 */
export function dueAt({ level }: Message, shown: Shown | undefined, now: number): number | undefined {
  if (!shown) return now;
  const { again } = LEVELS[level];
  if (again === null) return undefined;
  return shown.last > now ? now : shown.last + again;
}

/**
 * Takes it on to show a message, before it is shown. Like the claims of telemetry/claims.ts: a numbered file,
 * created exclusively, and of any number of processes the file system lets one succeed.
 * @param shown what {@link readShown} said when it was found to be due
 * @returns false if another process does, or if it can't be written: then it would be shown for ever. That keeps no
 *   other message away.
 */
export function claimShowing(
  host: Host,
  directory: string,
  id: string,
  shown: Shown | undefined,
  how: Showing,
): boolean {
  const times = (shown?.times ?? 0) + 1;
  const folder = folderOf(directory, id);
  const content = `${formatTime(host.now())} ${how}`;
  try {
    if (!host.files.create(path.join(folder, String(times)), content)) return false;
    if (shown) host.files.remove(path.join(folder, String(shown.times)));
    return true;
  } catch {
    return false;
  }
}

/** Forgets ids of messages that are gone, if there are very many. */
export function tidyShown(host: Host, directory: string, current: readonly Message[]): void {
  const remembered = host.files.list(path.join(directory, 'shown'));
  if (remembered.length <= REMEMBERED) return;
  const needed = new Set(current.map(({ id }) => id));
  for (const id of remembered) if (!needed.has(id)) host.files.remove(folderOf(directory, id));
}

function folderOf(directory: string, id: string): string {
  return path.join(directory, 'shown', id);
}

/** Undefined if there is something that can't be looked into. */
function listMarks(host: Host, folder: string): string[] | undefined {
  try {
    return host.files.list(folder);
  } catch {
    return undefined;
  }
}

/** What a mark says; nothing if something else lies in its place, which must not keep other messages away. */
function readMark(host: Host, file: string): string {
  try {
    return host.files.read(file, 100) ?? '';
  } catch {
    return '';
  }
}

function isNumber(name: string): boolean {
  return /^\d{1,9}$/.test(name);
}
