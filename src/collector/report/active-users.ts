import type { Activity, Selection, Visit } from './activity.ts';
import type { Seen } from './first-seen.ts';
import type { Periods } from './periods.ts';
import { scanCommands } from './scan.ts';

/** Upper ends of the age groups, in quarter hours, the last one open. */
export const AGE_LIMITS = [1, 7, 30, Number.POSITIVE_INFINITY].map((days) => days * 96);
export const AGE_GROUPS = ['≤ 1 day', '≤ 7 days', '≤ 30 days', '> 30 days'] as const;

export interface ActiveUsers {
  period: string;
  /** Users by age, in the order of {@link AGE_GROUPS}. */
  byAge: number[];
  users: number;
}

/**
 * Who was active in a period, each user once. A user's age is the time from the first report ever to the latest
 * one in the period, both to the quarter hour, in days of 24 hours begun: 24 hours later is already day two.
 */
export function activeUsers(
  activity: Activity,
  selection: Selection,
  periods: Periods,
  { first }: Seen,
): ActiveUsers[] {
  // One period after the other, since a year of days times all persons would not fit into memory.
  const latest = new Int32Array(activity.highestPerson + 1);
  return periods.labels.map((period, index) => {
    const active: number[] = [];
    const remember: Visit = (slot, person) => {
      const before = latest[person] as number;
      if (before === 0) active.push(person);
      if (slot > before) latest[person] = slot;
    };
    scanCommands(activity, selection, remember, periods.bounds[index], periods.bounds[index + 1]);
    const byAge = AGE_LIMITS.map(() => 0);
    for (const person of active) {
      const age = (latest[person] as number) - (first[person] as number);
      const group = AGE_LIMITS.findIndex((limit) => age < limit);
      byAge[group] = (byAge[group] as number) + 1;
      latest[person] = 0;
    }
    return { period, byAge, users: active.length };
  });
}
