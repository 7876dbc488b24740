import { QUARTER_HOURS_PER_DAY } from '../../quarter-hours.ts';
import type { Timelines } from '../timelines.ts';
import { isFirst } from './usage.ts';

/** Days after its first report at which a version's share is taken. */
export const UPTAKE_DAYS = [1, 7, 30] as const;

/**
 * Among the users who were active in the days (of 24 hours) from a version's first report on, how many used it at least
 * once. Null until those days have passed.
 */
export type Uptake = { users: number; active: number } | null;

/**
 * How fast versions that were first reported at `firstQuarterHours` were taken up; `rankOf` says by dimensions which of them a
 * report is of, -1 for none.
 */
export function uptake(
  { start, end, quarterHour, dimension }: Timelines,
  firstQuarterHours: Int32Array,
  rankOf: Int32Array,
  nowQuarterHour: number,
): Uptake[][] {
  const newAt = newVersions(firstQuarterHours, LIMITS.at(-1) as number);
  const [active, users] = [firstTimes(firstQuarterHours), firstTimes(firstQuarterHours)];
  for (let user = 0; user < start.length; user += 1) {
    for (let row = start[user] as number; row < (end[user] as number); row += 1) {
      const when = quarterHour[row] as number;
      const ranks = newAt(when);
      if (ranks.length === 0) continue;
      const used = rankOf[dimension[row] as number];
      for (const rank of ranks) {
        active.add(rank, user, when);
        if (rank === used) users.add(rank, user, when);
      }
    }
  }
  return Array.from(firstQuarterHours, (first, rank) =>
    LIMITS.map((limit, index) =>
      first + limit > nowQuarterHour
        ? null
        : { users: users.of(rank, index), active: active.of(rank, index) },
    ),
  );
}

const LIMITS = UPTAKE_DAYS.map((days) => days * QUARTER_HOURS_PER_DAY);

/** Counts users by version and limit. Of a user's reports the first one is the soonest, so the others change nothing. */
function firstTimes(firstQuarterHours: Int32Array) {
  const counts = new Uint32Array(firstQuarterHours.length * LIMITS.length);
  // The user who was counted last.
  const counted = new Int32Array(firstQuarterHours.length).fill(-1);
  return {
    add(rank: number, user: number, when: number): void {
      if (!isFirst(counted, rank, user)) return;
      const passed = when - (firstQuarterHours[rank] as number);
      for (let index = 0; index < LIMITS.length; index += 1) {
        const cell = rank * LIMITS.length + index;
        if (passed < (LIMITS[index] as number)) counts[cell] = (counts[cell] as number) + 1;
      }
    },
    of: (rank: number, index: number) => counts[rank * LIMITS.length + index] as number,
  };
}

/** Returns the function that tells which versions were new at a quarter hour: for so many after their first. */
function newVersions(
  firstQuarterHours: Int32Array,
  limit: number,
): (quarterHour: number) => readonly number[] {
  const from = Math.min(...firstQuarterHours);
  const to = Math.max(...firstQuarterHours) + limit;
  const lists: number[][] = Array.from({ length: firstQuarterHours.length === 0 ? 0 : to - from }, () => []);
  firstQuarterHours.forEach((first, rank) => {
    for (let quarterHour = first; quarterHour < first + limit; quarterHour += 1)
      lists[quarterHour - from]?.push(rank);
  });
  return (quarterHour) =>
    quarterHour < from || quarterHour >= to ? NONE : (lists[quarterHour - from] as number[]);
}

const NONE: readonly number[] = [];
