import { type Periods, periodFinder } from '../periods.ts';
import { firstSince, type Timelines } from '../timelines.ts';

/** Users by period and version, and by version in the first `complete` periods together. */
export function usage(
  timelines: Timelines,
  periods: Periods,
  rankOf: Int32Array,
  versionCount: number,
  complete: number,
) {
  const { start, end, quarterHour, dimension } = timelines;
  const [begin] = periods.bounds as [number];
  const periodAt = periodFinder(periods);
  const perPeriod = new Uint32Array(periods.count * versionCount);
  const overall = new Uint32Array(versionCount);
  // The user who was counted last.
  const countedInPeriod = new Int32Array(perPeriod.length).fill(-1);
  const countedOverall = new Int32Array(versionCount).fill(-1);
  for (let user = 0; user < start.length; user += 1) {
    for (let row = firstSince(timelines, user, begin); row < (end[user] as number); row += 1) {
      const version = rankOf[dimension[row] as number] as number;
      const period = version < 0 ? -1 : periodAt(quarterHour[row] as number);
      if (period < 0) continue;
      const cell = period * versionCount + version;
      if (isFirst(countedInPeriod, cell, user)) perPeriod[cell] = (perPeriod[cell] as number) + 1;
      if (period < complete && isFirst(countedOverall, version, user))
        overall[version] = (overall[version] as number) + 1;
    }
  }
  return { perPeriod, overall };
}

/** Whether this user, all of whose reports come in a row, is asked about here for the first time. */
export function isFirst(counted: Int32Array, cell: number, user: number): boolean {
  if (counted[cell] === user) return false;
  counted[cell] = user;
  return true;
}
