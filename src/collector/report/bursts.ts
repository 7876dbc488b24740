/**
 * Most CI services say so in the context. One that doesn't starts each run on a clean disk, so each run looks
 * like a new user. What gives them away is the rate: many new ids at once that never come back.
 */
import { QUARTER_HOURS_PER_DAY } from '../quarter-hours.ts';
import type { Timelines } from './timelines.ts';

/** With fewer new ids than this in a quarter hour there is no burst, unless an option says otherwise. */
export const DEFAULT_BURST = 20;
/** How many times the usual rate makes a burst. */
const BURST_FACTOR = 4;
/** The usual rate is the mean over this many quarter hours before: 28 days. */
const BURST_MEMORY = 28 * QUARTER_HOURS_PER_DAY;
/** An id that reports again later than this many quarter hours after its first time counts: 25 hours. */
export const BURST_RETURN = 25 * 4;

export interface Bursts {
  /** Quarter hours with a burst. */
  count: number;
  users: number[];
}

/**
 * A burst is a quarter hour in which at least `minimum` ids were seen for the first time, and at least
 * {@link BURST_FACTOR} times the mean number of new ids per quarter hour in the {@link BURST_MEMORY} before it
 * (or since the first report, if that is less). Its users are those of the new ids that were not seen again
 * more than {@link BURST_RETURN} later. Only for when users were seen locally: other environments say what they are.
 */
export function findBursts(timelines: Timelines, minimum: number): Bursts {
  const { start, end, quarterHour } = timelines;
  const newIds = newIdsPerQuarterHour(timelines);
  const { count, isBurst } = burstQuarterHours(newIds.counts, minimum);
  const users: number[] = [];
  for (let user = 0; user < start.length && count > 0; user += 1) {
    const from = start[user] as number;
    const to = end[user] as number;
    if (from === to) continue;
    const first = quarterHour[from] as number;
    if (isBurst[first - newIds.start] === 0) continue;
    if ((quarterHour[to - 1] as number) - first <= BURST_RETURN) users.push(user);
  }
  return { count, users };
}

/** By quarter hour, from the earliest in which an id was new to the latest. */
function newIdsPerQuarterHour({ start, end, quarterHour }: Timelines): {
  start: number;
  counts: Uint32Array;
} {
  let earliest = Number.POSITIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;
  for (let user = 0; user < start.length; user += 1) {
    const from = start[user] as number;
    if (from === end[user]) continue;
    const first = quarterHour[from] as number;
    if (first < earliest) earliest = first;
    if (first > latest) latest = first;
  }
  const counts = new Uint32Array(latest < earliest ? 0 : latest - earliest + 1);
  for (let user = 0; user < start.length; user += 1) {
    const from = start[user] as number;
    if (from === end[user]) continue;
    const offset = (quarterHour[from] as number) - earliest;
    counts[offset] = (counts[offset] as number) + 1;
  }
  return { start: earliest, counts };
}

/** The quarter hours with a burst, of the numbers of ids that were new in each quarter hour. */
export function burstsAmong(newIds: ReadonlyMap<number, number>, minimum: number): number[] {
  const quarters = [...newIds.keys()];
  if (quarters.length === 0) return [];
  const [earliest, latest] = quarters.reduce(
    ([least, most], quarter) => [Math.min(least, quarter), Math.max(most, quarter)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  ) as [number, number];
  const counts = new Uint32Array(latest - earliest + 1);
  for (const [quarter, count] of newIds) counts[quarter - earliest] = count;
  const { isBurst } = burstQuarterHours(counts, minimum);
  return quarters.filter((quarter) => isBurst[quarter - earliest] === 1).sort((one, other) => one - other);
}

/** By quarter hour: how many have a burst, and non-zero where one is. */
function burstQuarterHours(newIds: Uint32Array, minimum: number): { count: number; isBurst: Uint8Array } {
  const isBurst = new Uint8Array(newIds.length);
  let count = 0;
  let remembered = 0;
  for (let index = 0; index < newIds.length; index += 1) {
    const number = newIds[index] as number;
    const memory = Math.min(index, BURST_MEMORY);
    // Multiplied out instead of divided, so that a recount can't differ by a rounding.
    if (number >= minimum && number * memory >= BURST_FACTOR * remembered) {
      isBurst[index] = 1;
      count += 1;
    }
    remembered += number;
    if (index >= BURST_MEMORY) remembered -= newIds[index - BURST_MEMORY] as number;
  }
  return { count, isBurst };
}
