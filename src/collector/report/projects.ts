import type { Activity, Selection } from './activity.ts';
import { deployOf } from './deploy.ts';
import { NEVER } from './first-seen.ts';
import { type Periods, periodFinder } from './periods.ts';
import { scanCommands } from './scan.ts';

/** New in the period, and ever until its end. */
export interface Growth {
  new: number;
  total: number;
}

export interface ProjectGrowth {
  period: string;
  /** By first report. */
  created: Growth;
  /** By first `wasp build`. */
  built: Growth;
  /** By first deploy that puts an app somewhere. */
  deployed: Growth;
}

/** Projects by the period of their first report, first build and first deploy. */
export function projects(activity: Activity, selection: Selection, periods: Periods): ProjectGrowth[] {
  const deploys = activity.shapes.map((shape) => deployOf(shape?.deploy ?? '')?.puts === true);
  const [created, built, deployed] = [0, 1, 2].map(() =>
    new Int32Array(activity.highestProject + 1).fill(NEVER),
  ) as [Int32Array, Int32Array, Int32Array];
  scanCommands(activity, selection, (slot, _person, project, shape) => {
    if (project === 0) return;
    lower(created, project, slot);
    if (activity.shapes[shape]?.isBuild) lower(built, project, slot);
    if (deploys[shape]) lower(deployed, project, slot);
  });
  const [createdGrowth, builtGrowth, deployedGrowth] = [created, built, deployed].map((first) =>
    growth(first, periods),
  ) as [Growth[], Growth[], Growth[]];
  return periods.labels.map((period, index) => ({
    period,
    created: createdGrowth[index] as Growth,
    built: builtGrowth[index] as Growth,
    deployed: deployedGrowth[index] as Growth,
  }));
}

function lower(first: Int32Array, project: number, slot: number): void {
  if (slot < (first[project] as number)) first[project] = slot;
}

/** How many of these first times lie in each period and before its end. */
function growth(first: Int32Array, periods: Periods): Growth[] {
  const periodAt = periodFinder(periods);
  const start = periods.bounds[0] as number;
  const fresh = periods.labels.map(() => 0);
  let total = 0;
  for (const slot of first) {
    if (slot < start) total += 1;
    const period = slot === NEVER ? -1 : periodAt(slot);
    if (period >= 0) fresh[period] = (fresh[period] as number) + 1;
  }
  return fresh.map((count) => {
    total += count;
    return { new: count, total };
  });
}
