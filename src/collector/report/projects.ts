import type { Activity } from './activity.ts';
import type { Histories } from './histories.ts';
import { type Periods, periodFinder } from './periods.ts';
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
export function projects(activity: Activity, histories: Histories, periods: Periods): ProjectGrowth[] {
  const { start, end, slot, project, shape } = histories;
  const flags = shapeFlags(activity).map((flag) => flag | CREATED);
  const periodAt = periodFinder(periods);
  const [begin] = periods.bounds as [number];
  // By project: what it has reached. A project's reports are all of one person, and so in the order of time.
  const reached = new Uint8Array(activity.highestProject + 1);
  const steps = [CREATED, BUILDS, DEPLOYS].map((bit) => ({
    bit,
    before: 0,
    fresh: periods.labels.map(() => 0),
  }));
  for (let person = 0; person < start.length; person += 1) {
    const to = end[person] as number;
    for (let row = start[person] as number; row < to; row += 1) {
      const which = project[row] as number;
      const before = reached[which] as number;
      const after = before | (flags[shape[row] as number] as number);
      if (which === 0 || after === before) continue;
      reached[which] = after;
      const when = slot[row] as number;
      for (const step of steps) {
        if (((after ^ before) & step.bit) === 0) continue;
        const period = periodAt(when);
        if (when < begin) step.before += 1;
        else if (period >= 0) step.fresh[period] = (step.fresh[period] as number) + 1;
      }
    }
  }
  const [created, built, deployed] = steps.map(growth) as [Growth[], Growth[], Growth[]];
  return periods.labels.map((period, index) => ({
    period,
    created: created[index] as Growth,
    built: built[index] as Growth,
    deployed: deployed[index] as Growth,
  }));
}

/** Beside {@link BUILDS} and {@link DEPLOYS}: has reported at all. */
const CREATED = 4;

function growth({ before, fresh }: { before: number; fresh: readonly number[] }): Growth[] {
  let total = before;
  return fresh.map((count) => {
    total += count;
    return { new: count, total };
  });
}
