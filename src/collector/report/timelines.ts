import { QUARTER_HOURS_PER_DAY } from '../quarter-hours.ts';
import type { Activity } from '../store/activity.ts';
import type { Chunk } from '../store/rollup/chunk.ts';
import { type Selection, selectedChunks } from './selected-chunks.ts';

/**
 * The reports of commands that a selection lets through, user after user and each user's in the order of time.
 * In this order a question about people is answered in one pass that remembers only what concerns the user at hand;
 * asked of reports as they came in, it takes memory for every pair of a user and a period.
 *
 * The reports of user `p` are those with the indexes `[start[p], end[p])`.
 */
export interface Timelines {
  start: Uint32Array;
  end: Uint32Array;
  /** Quarter hours since 1970-01-01 UTC. */
  quarterHour: Int32Array;
  /** 0 for none. */
  project: Uint32Array;
  /** Numbers of `Activity.dimensions`. */
  dimension: Uint32Array;
}

/** Users at a time, so that what is written to in the meantime stays in the processor's cache. */
const BLOCK = 1 << 16;

export function timelines(activity: Activity, selection: Selection): Timelines {
  const sources = [...selectedChunks(activity, selection)]
    .map(([chunk, leftOut]) => ({ ...chunk, leftOut, midnight: chunk.day * QUARTER_HOURS_PER_DAY, next: 0 }))
    .sort((a, b) => a.day - b.day);
  const rows = sources.reduce((sum, source) => sum + source.rows, 0);
  const result: Timelines = {
    start: new Uint32Array(activity.highestUser + 1),
    end: new Uint32Array(activity.highestUser + 1),
    quarterHour: new Int32Array(rows),
    project: new Uint32Array(rows),
    dimension: new Uint32Array(rows),
  };
  let filled = 0;
  for (let user = 0; user <= activity.highestUser; user += BLOCK) {
    const limit = Math.min(user + BLOCK, activity.highestUser + 1);
    for (const source of sources) count(source, limit, result);
    for (let who = user; who < limit; who += 1) {
      const reports = result.end[who] as number;
      result.start[who] = filled;
      result.end[who] = filled;
      filled += reports;
    }
    for (const source of sources) place(source, limit, result);
  }
  return result;
}

/** A chunk, whose rows are by user, and the first of its rows that is not placed yet. */
interface Source extends Chunk {
  leftOut: Uint8Array;
  /** Of its day, in quarter hours since 1970-01-01 UTC. */
  midnight: number;
  next: number;
}

/** Counts the reports of users below `limit` in `end`. */
function count({ user, rows, leftOut, next }: Source, limit: number, { end }: Timelines): void {
  for (let row = next; row < rows; row += 1) {
    const who = user[row] as number;
    if (who >= limit) return;
    if (leftOut[who] === 0) end[who] = (end[who] as number) + 1;
  }
}

/** Appends the reports of users below `limit` to theirs, which makes `end` what it should be. */
function place(
  source: Source,
  limit: number,
  { start, end, quarterHour, project, dimension }: Timelines,
): void {
  const { user, rows, leftOut, midnight } = source;
  let row = source.next;
  for (; row < rows; row += 1) {
    const who = user[row] as number;
    if (who >= limit) break;
    if (leftOut[who] !== 0) continue;
    const when = midnight + (source.quarterHour[row] as number);
    const first = start[who] as number;
    let index = end[who] as number;
    end[who] = index + 1;
    // Chunks come by day; only within one can time go back, from one environment to the next.
    for (; index > first && (quarterHour[index - 1] as number) > when; index -= 1) {
      quarterHour[index] = quarterHour[index - 1] as number;
      project[index] = project[index - 1] as number;
      dimension[index] = dimension[index - 1] as number;
    }
    quarterHour[index] = when;
    project[index] = source.project[row] as number;
    dimension[index] = source.dimensions[row] as number;
  }
  source.next = row;
}

/**
 * The index of a user's first report at or after that quarter hour, or the user's `end`. Looked for from the end, since
 * reports ask about the latest periods, and most users of a large store came long before.
 */
export function firstSince({ start, end, quarterHour }: Timelines, user: number, since: number): number {
  const from = start[user] as number;
  let row = end[user] as number;
  while (row > from && (quarterHour[row - 1] as number) >= since) row -= 1;
  return row;
}

/** The same without these users, in place. */
export function without(all: Timelines, users: readonly number[]): Timelines {
  for (const user of users) all.end[user] = all.start[user] as number;
  return all;
}
