import { type Periods, periodFinder } from '../periods.ts';
import type { Timelines } from '../timelines.ts';

/**
 * By period and version, users by the version of their latest report in the period; of several in the same quarter hour,
 * the one with the highest `indexOf`. Each user counts once in a period, so its counts add up to its active users.
 */
export function latestPerPeriod(
  timelines: Timelines,
  periods: Periods,
  indexOf: Int32Array,
  versionCount: number,
): Uint32Array {
  const { start, end, slot, dimension } = timelines;
  const periodAt = periodFinder(periods);
  const counts = new Uint32Array(periods.count * versionCount);
  const add = (period: number, version: number) => {
    const cell = period * versionCount + version;
    if (period >= 0) counts[cell] = (counts[cell] as number) + 1;
  };
  for (let user = 0; user < start.length; user += 1) {
    let [period, when, version] = [-1, -1, -1];
    for (let row = start[user] as number; row < (end[user] as number); row += 1) {
      const here = periodAt(slot[row] as number);
      if (here < 0) continue;
      if (here !== period) add(period, version);
      const one = indexOf[dimension[row] as number] as number;
      version = here === period && slot[row] === when ? Math.max(version, one) : one;
      [period, when] = [here, slot[row] as number];
    }
    add(period, version);
  }
  return counts;
}
