import type { Activity } from './activity.ts';
import type { Histories } from './histories.ts';
import type { Installs } from './installs.ts';
import { type Periods, periodFinder } from './periods.ts';
import { BUILDS, DEPLOYS, shapeFlags } from './shape-flags.ts';

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
export function funnel(
  activity: Activity,
  { start, end, slot, shape }: Histories,
  periods: Periods,
  installs: readonly Installs[],
): Funnel[] {
  const flags = shapeFlags(activity);
  const periodAt = periodFinder(periods);
  const rows: Funnel[] = periods.labels.map((period, index) => ({
    period,
    installed: installs[index]?.installs ?? 0,
    used: 0,
    built: 0,
    deployed: 0,
  }));
  for (let person = 0; person < start.length; person += 1) {
    const from = start[person] as number;
    const to = end[person] as number;
    const index = from < to ? periodAt(slot[from] as number) : -1;
    if (index < 0) continue;
    const period = rows[index] as Funnel;
    let reached = 0;
    for (let row = from; row < to; row += 1) reached |= flags[shape[row] as number] as number;
    period.used += 1;
    if (reached & (BUILDS | DEPLOYS)) period.built += 1;
    if (reached & DEPLOYS) period.deployed += 1;
  }
  return rows;
}
