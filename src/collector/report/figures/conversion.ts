import { QUARTER_HOURS_PER_DAY } from '../../quarter-hours.ts';
import type { Activity } from '../../store/activity.ts';
import { BUILDS, DEPLOYS, dimensionFlags } from '../dimension-flags.ts';
import type { Figure } from '../figure.ts';
import { type Periods, periodFinder } from '../periods.ts';
import { share } from '../table.ts';
import type { Timelines } from '../timelines.ts';

/** Days (of 24 hours) from a user's first report in which a build or deploy counts. */
export const WINDOWS = [1, 7, 14, 30] as const;

/** How far those who were new in a period came within the same time each, so that periods can be compared. */
export interface Conversion {
  period: string;
  /** Users seen for the first time in the period. */
  used: number;
  /** Null until every one of them has had so many days. Who has deployed has built. */
  windows: { days: number; built: number | null; deployed: number | null }[];
}

/** `nowQuarterHour`: the quarter hour of now. */
function conversion(
  activity: Activity,
  { start, end, quarterHour, dimension }: Timelines,
  periods: Periods,
  nowQuarterHour: number,
): Conversion[] {
  const flags = dimensionFlags(activity);
  const periodAt = periodFinder(periods);
  const rows = periods.labels.map((period) => ({
    ...{ period, used: 0 },
    windows: WINDOWS.map((days) => ({ days, built: 0, deployed: 0 })),
  }));
  for (let user = 0; user < start.length; user += 1) {
    const [from, to] = [start[user] as number, end[user] as number];
    const first = quarterHour[from] as number;
    const cohort = from < to ? periodAt(first) : -1;
    if (cohort < 0) continue;
    const count = rows[cohort] as (typeof rows)[number];
    count.used += 1;
    for (const window of count.windows) {
      const limit = first + window.days * QUARTER_HOURS_PER_DAY;
      let reached = 0;
      for (let row = from; row < to && (quarterHour[row] as number) < limit; row += 1) {
        reached |= flags[dimension[row] as number] as number;
      }
      if (reached & (BUILDS | DEPLOYS)) window.built += 1;
      if (reached & DEPLOYS) window.deployed += 1;
    }
  }
  return rows.map(({ windows, ...row }, index) => ({
    ...row,
    windows: windows.map((window) => {
      const isOver =
        (periods.bounds[index + 1] as number) + window.days * QUARTER_HOURS_PER_DAY <= nowQuarterHour;
      return isOver ? window : { days: window.days, built: null, deployed: null };
    }),
  }));
}

export const conversionFigure: Figure<Conversion[]> = {
  count: (c) => ({ complete: conversion(c.activity, c.timelines(), c.periods, c.nowQuarterHour) }),
  tables: (rows, { unit }) => [
    {
      id: 'conversion',
      title: 'From first use to build and deploy, in the same time each',
      definition:
        `Of the users first seen in a ${unit}, how many built (or deployed) and deployed within so many days of 24 hours ` +
        'from their first report. “Not yet”: not all of them have had that many days.',
      columns: [
        ...[`first ${unit}`, 'users'],
        ...WINDOWS.map((days) => `built, ${days} d`),
        ...WINDOWS.map((days) => `deployed, ${days} d`),
      ],
      charts: [],
      rows: rows.map(({ period, used, windows }) => [
        ...[period, used],
        ...windows.map(({ built }) => (built === null ? 'not yet' : share(built, used))),
        ...windows.map(({ deployed }) => (deployed === null ? 'not yet' : share(deployed, used))),
      ]),
    },
  ],
};
