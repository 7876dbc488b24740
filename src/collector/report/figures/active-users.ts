import { QUARTER_HOURS_PER_DAY } from '../../quarter-hours.ts';
import { type Figure, labelled, lastApart } from '../figure.ts';
import { type Periods, periodFinder } from '../periods.ts';
import type { Timelines } from '../timelines.ts';

/** Upper ends of the age groups, in quarter hours, the last one open. */
export const AGE_LIMITS = [1, 7, 30, Number.POSITIVE_INFINITY].map((days) => days * QUARTER_HOURS_PER_DAY);
export const AGE_GROUPS = ['≤ 1 day', '≤ 7 days', '≤ 30 days', '> 30 days'] as const;

export interface ActiveUsers {
  period: string;
  /** Users by age, in the order of {@link AGE_GROUPS}. */
  byAge: number[];
  users: number;
  /** Those of them whose first report ever lies in the period. */
  new: number;
}

/**
 * Who was active in a period, each user once. A user's age is the time from the first report ever to the latest
 * one in the period, both to the quarter hour, in days of 24 hours begun: 24 hours later is already day two.
 */
function activeUsers({ start, end, quarterHour }: Timelines, periods: Periods): ActiveUsers[] {
  const periodAt = periodFinder(periods);
  const groups = AGE_LIMITS.length;
  const users = new Uint32Array(periods.count * groups);
  const newUsers = new Uint32Array(periods.count);
  for (let user = 0; user < start.length; user += 1) {
    const first = start[user] as number;
    const last = (end[user] as number) - 1;
    let next = first <= last ? periodAt(quarterHour[first] as number) : -1;
    if (next >= 0) newUsers[next] = (newUsers[next] as number) + 1;
    for (let row = first; row <= last; row += 1) {
      const period = next;
      next = row < last ? periodAt(quarterHour[row + 1] as number) : -1;
      if (period < 0 || period === next) continue;
      const cell = period * groups + ageGroup((quarterHour[row] as number) - (quarterHour[first] as number));
      users[cell] = (users[cell] as number) + 1;
    }
  }
  return periods.labels.map((period, index) => {
    const byAge = [...users.subarray(index * groups, (index + 1) * groups)];
    const all = byAge.reduce((sum, number) => sum + number, 0);
    return { period, byAge, users: all, new: newUsers[index] as number };
  });
}

function ageGroup(age: number): number {
  let group = 0;
  while (age >= (AGE_LIMITS[group] as number)) group += 1;
  return group;
}

export const activeUsersFigure: Figure<ActiveUsers[]> = {
  count: (c) => lastApart(activeUsers(c.timelines(), c.withCurrent)),
  json: (rows) => rows.map((row) => ({ ...row, byAge: labelled(AGE_GROUPS, row.byAge) })),
  tables: (rows, { unit }) => [
    {
      id: 'active-users',
      title: `Active users per ${unit}`,
      definition:
        'Users with a report in the period, by age: from their first report ever to their latest in the period. New: the ' +
        'first report ever lies in the period. A new user who came back on a later day is older than a day, and one who ' +
        'began just before the period is not new, so “new” and “≤ 1 day” differ.',
      columns: [unit, ...AGE_GROUPS, 'all', 'new'],
      charts: [{ kind: 'stack', title: 'By age', series: AGE_GROUPS }],
      rows: rows.map(({ period, byAge, users, ...row }) => [period, ...byAge, users, row.new]),
    },
  ],
};
