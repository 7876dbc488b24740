import fs from 'node:fs';
import { attempt } from './attempt.ts';

/** Node marks these, and those that follow without a gap, to be closed when another program is executed. */
const [FIRST, LAST] = [3, 15];

/**
 * Files that this process was handed beyond the standard three and that Node will close at a hand-off (Linux): a lock for
 * example, which its starter took for as long as this process lives. To be called before any other file is opened.
 * A pipe of which both ends are here isn't among them, since Node has such ones of its own.
 */
export function inheritedFiles(): number[] {
  if (process.platform !== 'linux') return [];
  const ends = new Map<number, number[]>();
  const others: number[] = [];
  for (let fd = FIRST; ; fd++) {
    const stats = attempt(() => fs.fstatSync(fd));
    if (stats?.isFIFO()) ends.set(stats.ino, [...(ends.get(stats.ino) ?? []), fd]);
    // What has no type is a means of Node's own to wait for events.
    else if (stats && stats.mode & fs.constants.S_IFMT) others.push(fd);
    else if (!stats && fd > LAST) break;
  }
  return [...others, ...[...ends.values()].filter((fds) => fds.length === 1).flat()];
}
