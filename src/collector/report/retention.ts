import type { Activity, Selection, Visit } from './activity.ts';
import { distinctCounter } from './distinct.ts';
import type { Seen } from './first-seen.ts';
import { type Periods, periodFinder } from './periods.ts';
import { scanCommands } from './scan.ts';

export interface Cohort {
  /** The period in which these users were seen for the first time. */
  period: string;
  /**
   * How many of them were active 0, 1, 2 … periods later, up to the last period of the report: the cohort's
   * size first, and a zero, not a gap, for a period in which nobody came back.
   */
  active: number[];
}

/** Cohort retention: of those who were new in a period, who was active in each period after it. */
export function retention(
  activity: Activity,
  selection: Selection,
  periods: Periods,
  { first }: Seen,
): Cohort[] {
  const periodAt = periodFinder(periods);
  const cohortOf = new Int16Array(first.length);
  for (let person = 0; person < first.length; person += 1)
    cohortOf[person] = periodAt(first[person] as number);
  const pairs = distinctCounter(periods.count, activity.highestPerson + 1);
  const active = periods.labels.map((_, cohort) => new Array<number>(periods.count - cohort).fill(0));
  const count: Visit = (slot, person) => {
    const period = periodAt(slot);
    const cohort = cohortOf[person] as number;
    if (period < 0 || cohort < 0 || pairs.has(period, person)) return;
    pairs.add(period, person);
    const row = active[cohort] as number[];
    row[period - cohort] = (row[period - cohort] as number) + 1;
  };
  scanCommands(activity, selection, count, periods.bounds[0], periods.bounds[periods.count]);
  return active.map((row, cohort) => ({ period: periods.labels[cohort] as string, active: row }));
}
