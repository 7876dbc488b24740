import type { Activity } from '../../store/activity.ts';
import { BUILDS, DEPLOYS, dimensionFlags } from '../dimension-flags.ts';
import { type Context, type Figure, lastApart } from '../figure.ts';
import type { Periods } from '../periods.ts';
import { share } from '../table.ts';
import type { Timelines } from '../timelines.ts';
import { type Usage, usageIn } from '../usage.ts';

/** Users who did something in a period, each once, and how often they did it. */
export interface People extends Usage {
  period: string;
  /** Of all users until the period's end: with at least one build ever, and with at least one deploy. */
  everBuilt: number;
  everDeployed: number;
}

/** How many users were active, built and deployed in each period, and how often. */
function people({ activity, timelines, withCurrent }: Context): People[] {
  const ever = everReached(activity, timelines(), withCurrent);
  return usageIn(activity, timelines(), withCurrent).map((usage, index) => ({
    period: withCurrent.labels[index] as string,
    ...usage,
    ...{ everBuilt: ever.built[index] as number, everDeployed: ever.deployed[index] as number },
  }));
}

/** Users with a build, and with a deploy, until the end of each period. */
function everReached(
  activity: Activity,
  { start, end, quarterHour, dimension }: Timelines,
  periods: Periods,
) {
  const flags = dimensionFlags(activity);
  const [built, deployed] = [firstTimes(periods), firstTimes(periods)];
  for (let user = 0; user < start.length; user += 1) {
    let reached = 0;
    for (let row = start[user] as number; row < (end[user] as number); row += 1) {
      const first = (flags[dimension[row] as number] as number) & ~reached;
      if (first === 0) continue;
      reached |= first;
      if (first & BUILDS) built.add(quarterHour[row] as number);
      if (first & DEPLOYS) deployed.add(quarterHour[row] as number);
    }
  }
  return { built: built.totals(), deployed: deployed.totals() };
}

/** How many happened for the first time until the end of each period. */
function firstTimes({ bounds, labels }: Periods) {
  const counts = labels.map(() => 0);
  return {
    add(when: number): void {
      const index = labels.findIndex((_, period) => when < (bounds[period + 1] as number));
      if (index >= 0) counts[index] = (counts[index] as number) + 1;
    },
    totals(): number[] {
      let total = 0;
      return counts.map((count) => {
        total += count;
        return total;
      });
    },
  };
}

export const peopleFigure: Figure<People[]> = {
  count: (c) => lastApart(people(c)),
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
      charts: [
        { kind: 'lines', title: 'Who built and deployed', series: ['built', 'deployed'] },
        { kind: 'lines', title: 'How often', series: ['builds', 'deploys'] },
      ],
      rows: rows.map((row) => [
        ...[row.period, row.users, share(row.built, row.users), share(row.deployed, row.users)],
        row.users === 0 ? null : (row.activeDays / row.users).toFixed(1),
        ...[row.builds, row.deploys, row.everBuilt, row.everDeployed],
      ]),
    },
  ],
};
