import type { Activity, Selection } from './activity.ts';
import { NEVER } from './first-seen.ts';
import { type Periods, periodFinder } from './periods.ts';
import { scanCommands } from './scan.ts';
import { BUILDS, DEPLOYS, shapeFlags } from './shape-flags.ts';

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
  const flags = shapeFlags(activity);
  const [created, built, deployed] = [0, 1, 2].map(() =>
    new Int32Array(activity.highestProject + 1).fill(NEVER),
  ) as [Int32Array, Int32Array, Int32Array];
  scanCommands(activity, selection, (slot, _person, project, shape) => {
    if (project === 0) return;
    lower(created, project, slot);
    const flag = flags[shape] as number;
    if (flag & BUILDS) lower(built, project, slot);
    if (flag & DEPLOYS) lower(deployed, project, slot);
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
  for (let project = 0; project < first.length; project += 1) {
    const slot = first[project] as number;
    if (slot < start) total += 1;
    const period = slot === NEVER ? -1 : periodAt(slot);
    if (period >= 0) fresh[period] = (fresh[period] as number) + 1;
  }
  return fresh.map((count) => {
    total += count;
    return { new: count, total };
  });
}
