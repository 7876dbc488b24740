import type { Activity } from '../../store/activity.ts';
import { BUILDS, DEPLOYS, dimensionFlags } from '../dimension-flags.ts';
import { type Figure, lastApart } from '../figure.ts';
import { type Periods, periodFinder } from '../periods.ts';
import { share } from '../table.ts';
import type { Timelines } from '../timelines.ts';
import { type Installs, installs } from './installs.ts';

/** How far those who were new in a period have come until now. Each number is part of the one before it. */
export interface Funnel {
  period: string;
  /** Installations in the period. Not part of what follows: an installation's id is not the user's. */
  installed: number;
  /** Users seen for the first time in the period. */
  used: number;
  /** Of those: has built, or deployed, which builds. */
  built: number;
  /** Of those: has deployed. */
  deployed: number;
}

/** Follows each period's new users up to the latest report that was received, not to the period's end. */
function funnel(
  activity: Activity,
  { start, end, quarterHour, dimension }: Timelines,
  periods: Periods,
  installs: readonly Installs[],
): Funnel[] {
  const flags = dimensionFlags(activity);
  const periodAt = periodFinder(periods);
  const rows: Funnel[] = periods.labels.map((period, index) => ({
    period,
    installed: installs[index]?.installs ?? 0,
    used: 0,
    built: 0,
    deployed: 0,
  }));
  for (let user = 0; user < start.length; user += 1) {
    const from = start[user] as number;
    const to = end[user] as number;
    const index = from < to ? periodAt(quarterHour[from] as number) : -1;
    if (index < 0) continue;
    const period = rows[index] as Funnel;
    let reached = 0;
    for (let row = from; row < to; row += 1) reached |= flags[dimension[row] as number] as number;
    period.used += 1;
    if (reached & (BUILDS | DEPLOYS)) period.built += 1;
    if (reached & DEPLOYS) period.deployed += 1;
  }
  return rows;
}

export const funnelFigure: Figure<Funnel[]> = {
  count: (c) =>
    lastApart(
      funnel(c.activity, c.timelines(), c.withCurrent, installs(c.activity, c.selection, c.withCurrent)),
    ),
  tables: (rows, { unit }) => [
    {
      id: 'funnel',
      title: 'From installation to deploy',
      definition:
        `Installations in each ${unit}; users first seen in it; how many of those have built (or deployed) and ` +
        'deployed until now. An installation has an id of its own, so its user can’t be followed.',
      columns: [unit, 'installed', 'used', 'built', 'deployed'],
      charts: [
        { kind: 'bars', title: 'How far they came', series: ['installed', 'used', 'built', 'deployed'] },
      ],
      rows: rows.map((row) => [
        row.period,
        row.installed,
        row.used,
        share(row.built, row.used),
        share(row.deployed, row.used),
      ]),
    },
  ],
};
