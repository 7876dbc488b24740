import { QUARTER_HOURS_PER_DAY } from '../../quarter-hours.ts';
import { firstSince, type Timelines } from '../timelines.ts';

/** Days after its first report at which a version's share is taken. */
export const UPTAKE_DAYS = [1, 7, 30] as const;

/**
 * Among the users who were active in the days (of 24 hours) from a version's first report on, how many used it at least
 * once. Null until those days have passed.
 */
export type Uptake = { users: number; active: number } | null;

/**
 * How fast versions that were first reported at `firstQuarterHours`, at most 31, were taken up; `rankOf` says by dimensions
 * which of them a report is of, -1 for none.
 */
export function uptake(
  timelines: Timelines,
  firstQuarterHours: Int32Array,
  rankOf: Int32Array,
  nowQuarterHour: number,
): Uptake[][] {
  const { start, end, quarterHour, dimension } = timelines;
  const bitOf = Int32Array.from(rankOf, (rank) => (rank < 0 ? 0 : 1 << rank));
  const begin = Math.min(...firstQuarterHours);
  const newAt = newVersions(firstQuarterHours, begin);
  const [active, users] = [firstTimes(firstQuarterHours), firstTimes(firstQuarterHours)];
  for (let user = 0; user < start.length; user += 1) {
    // Bits of the versions for which this user is counted already: the first report is the soonest.
    let [asActive, asUser] = [0, 0];
    for (let row = firstSince(timelines, user, begin); row < (end[user] as number); row += 1) {
      const when = quarterHour[row] as number;
      const versions = newAt[when - begin] ?? 0;
      if (versions & ~asActive) active.add(versions & ~asActive, when);
      const used = versions & (bitOf[dimension[row] as number] as number);
      if (used & ~asUser) users.add(used, when);
      asActive |= versions;
      asUser |= used;
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

/** Counts users by version and limit. */
function firstTimes(firstQuarterHours: Int32Array) {
  const counts = new Uint32Array(firstQuarterHours.length * LIMITS.length);
  return {
    /** @param versions as bits */
    add(versions: number, when: number): void {
      for (let rank = 0; rank < firstQuarterHours.length; rank += 1) {
        if (((versions >>> rank) & 1) === 0) continue;
        const passed = when - (firstQuarterHours[rank] as number);
        for (let index = 0; index < LIMITS.length; index += 1) {
          const cell = rank * LIMITS.length + index;
          if (passed < (LIMITS[index] as number)) counts[cell] = (counts[cell] as number) + 1;
        }
      }
    },
    of: (rank: number, index: number) => counts[rank * LIMITS.length + index] as number,
  };
}

/** By quarter hour from `begin`, the versions that were new then, as bits: for as long as the last limit after their first. */
function newVersions(firstQuarterHours: Int32Array, begin: number): Int32Array {
  const limit = LIMITS.at(-1) as number;
  const newAt = new Int32Array(
    firstQuarterHours.length === 0 ? 0 : Math.max(...firstQuarterHours) + limit - begin,
  );
  firstQuarterHours.forEach((first, rank) => {
    for (let at = first - begin; at < first - begin + limit; at += 1) {
      newAt[at] = (newAt[at] as number) | (1 << rank);
    }
  });
  return newAt;
}
