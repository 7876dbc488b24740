import type { Activity } from '../store/activity.ts';
import { BUILDS, DEPLOYS, dimensionFlags } from './dimension-flags.ts';
import { daysOf, type Periods, periodFinder } from './periods.ts';
import { firstSince, type Timelines } from './timelines.ts';

/** What users did in a period, and how often. */
export interface Usage {
  /** Active users. */
  users: number;
  /** Users with at least one build. */
  built: number;
  /** Users with at least one deploy that puts an app somewhere. */
  deployed: number;
  /** Calendar days with a report, of all users together. */
  activeDays: number;
  builds: number;
  deploys: number;
}

/** Counted for each period; users without a report from the first period on cost nothing. */
export function usageIn(activity: Activity, timelines: Timelines, periods: Periods): Usage[] {
  const { start, end, quarterHour, dimension } = timelines;
  const flags = dimensionFlags(activity);
  const periodAt = periodFinder(periods);
  const dayAt = periodFinder(daysOf(periods));
  const counts = periods.labels.map((): Usage => ({ ...NOTHING }));
  const [begin] = periods.bounds as [number];
  for (let user = 0; user < start.length; user += 1) {
    const to = end[user] as number;
    let [counted, day, reached] = [-1, -1, 0];
    for (let row = firstSince(timelines, user, begin); row < to; row += 1) {
      const when = quarterHour[row] as number;
      const period = periodAt(when);
      if (period < 0) continue;
      const count = counts[period] as Usage;
      if (period !== counted) reached = 0;
      const flag = (flags[dimension[row] as number] as number) | ACTIVE;
      countFlags(count, flag, flag & ~reached);
      [counted, reached] = [period, reached | flag];
      const today = dayAt(when);
      if (today !== day) count.activeDays += 1;
      day = today;
    }
  }
  return counts;
}

/** Beside {@link BUILDS} and {@link DEPLOYS}: has reported at all. */
const ACTIVE = 4;

/** `first`: those of the flags that this user has for the first time in the period. */
function countFlags(count: Usage, flags: number, first: number): void {
  if (flags & BUILDS) count.builds += 1;
  if (flags & DEPLOYS) count.deploys += 1;
  if (first & ACTIVE) count.users += 1;
  if (first & BUILDS) count.built += 1;
  if (first & DEPLOYS) count.deployed += 1;
}

const NOTHING: Usage = { users: 0, built: 0, deployed: 0, activeDays: 0, builds: 0, deploys: 0 };
