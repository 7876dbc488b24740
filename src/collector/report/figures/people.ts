import type { Activity } from '../../store/activity.ts';
import { BUILDS, DEPLOYS, dimensionFlags } from '../dimension-flags.ts';
import { type Figure, lastApart } from '../figure.ts';
import { daysOf, type Periods, periodFinder } from '../periods.ts';
import { share } from '../table.ts';
import type { Timelines } from '../timelines.ts';

/** Users who did something in a period, each once, and how often they did it. */
export interface People {
  period: string;
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
  /** Of all users until the period's end: with at least one build ever, and with at least one deploy. */
  everBuilt: number;
  everDeployed: number;
}

/** How many users were active, built and deployed in each period, and how often. */
export function people(
  activity: Activity,
  { start, end, slot, dimension }: Timelines,
  periods: Periods,
): People[] {
  const flags = dimensionFlags(activity);
  const periodAt = periodFinder(periods);
  const dayAt = periodFinder(daysOf(periods));
  const rows = periods.labels.map((period): People => ({ ...NOTHING, period }));
  const firsts = [firstTimes(periods), firstTimes(periods)] as const;
  for (let user = 0; user < start.length; user += 1) {
    let [counted, day, reached, ever] = [-1, -1, 0, 0];
    for (let row = start[user] as number; row < (end[user] as number); row += 1) {
      const when = slot[row] as number;
      const flag = flags[dimension[row] as number] as number;
      if (flag & ~ever & BUILDS) firsts[0].add(when);
      if (flag & ~ever & DEPLOYS) firsts[1].add(when);
      ever |= flag;
      const period = periodAt(when);
      if (period < 0) continue;
      const count = rows[period] as People;
      if (period !== counted) {
        count.users += 1;
        reached = 0;
      }
      counted = period;
      if (dayAt(when) !== day) count.activeDays += 1;
      day = dayAt(when);
      if (flag & BUILDS) count.builds += 1;
      if (flag & DEPLOYS) count.deploys += 1;
      if (flag & ~reached & BUILDS) count.built += 1;
      if (flag & ~reached & DEPLOYS) count.deployed += 1;
      reached |= flag;
    }
  }
  return rows.map((row, index) => ({
    ...row,
    everBuilt: firsts[0].until(index),
    everDeployed: firsts[1].until(index),
  }));
}

const NOTHING = {
  users: 0,
  built: 0,
  deployed: 0,
  activeDays: 0,
  builds: 0,
  deploys: 0,
  everBuilt: 0,
  everDeployed: 0,
};

/** How many happened for the first time until the end of each period. */
function firstTimes({ bounds, labels }: Periods) {
  const counts = labels.map(() => 0);
  return {
    add(when: number): void {
      const index = labels.findIndex((_, period) => when < (bounds[period + 1] as number));
      if (index >= 0) counts[index] = (counts[index] as number) + 1;
    },
    until: (period: number) => counts.slice(0, period + 1).reduce((sum, count) => sum + count, 0),
  };
}

export const peopleFigure: Figure<People[]> = {
  count: (c) => lastApart(people(c.activity, c.timelines(), c.withCurrent)),
  tables: (rows, { unit }) => [
    {
      id: 'people',
      title: `Who built and deployed per ${unit}, and how often`,
      definition:
        'Users, each once: active, with a build, with a deploy. Then calendar days with a report per active user, and ' +
        'reported builds and deploys. Then users who have ever built or deployed until the period’s end.',
      columns: [
        ...[unit, 'active', 'built', 'deployed', 'days active per user', 'builds', 'deploys'],
        ...['ever built', 'ever deployed'],
      ],
      charts: [{ kind: 'lines', title: 'Who built and deployed', series: ['built', 'deployed'] }],
      rows: rows.map((row) => [
        ...[row.period, row.users, share(row.built, row.users), share(row.deployed, row.users)],
        row.users === 0 ? null : (row.activeDays / row.users).toFixed(1),
        ...[row.builds, row.deploys, row.everBuilt, row.everDeployed],
      ]),
    },
  ],
};
