import type { Activity, Selection } from './activity.ts';
import type { Seen } from './first-seen.ts';
import { NEVER } from './first-seen.ts';
import type { Installs } from './installs.ts';
import { type Periods, periodFinder } from './periods.ts';
import { scanCommands } from './scan.ts';
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
  selection: Selection,
  periods: Periods,
  { first }: Seen,
  installs: readonly Installs[],
): Funnel[] {
  const flags = shapeFlags(activity);
  const reached = new Uint8Array(activity.highestPerson + 1);
  scanCommands(activity, selection, (_slot, person, _project, shape) => {
    const flag = flags[shape] as number;
    if (flag !== 0) reached[person] = (reached[person] as number) | flag;
  });
  const periodAt = periodFinder(periods);
  const rows: Funnel[] = periods.labels.map((period, index) => ({
    period,
    installed: installs[index]?.installs ?? 0,
    used: 0,
    built: 0,
    deployed: 0,
  }));
  for (let person = 0; person < first.length; person += 1) {
    const slot = first[person] as number;
    const row = slot === NEVER ? undefined : rows[periodAt(slot)];
    if (!row) continue;
    row.used += 1;
    const flag = reached[person] as number;
    if (flag & (BUILDS | DEPLOYS)) row.built += 1;
    if (flag & DEPLOYS) row.deployed += 1;
  }
  return rows;
}
