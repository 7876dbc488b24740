import type { Activity } from '../../store/activity.ts';
import { BUILDS, DEPLOYS, dimensionFlags } from '../dimension-flags.ts';
import { type Figure, lastApart } from '../figure.ts';
import { type Periods, periodFinder } from '../periods.ts';
import type { Timelines } from '../timelines.ts';

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
function projects(activity: Activity, timelines: Timelines, periods: Periods): ProjectGrowth[] {
  const { start, end, quarterHour, project, dimension } = timelines;
  const flags = dimensionFlags(activity).map((flag) => flag | CREATED);
  const periodAt = periodFinder(periods);
  const [begin] = periods.bounds as [number];
  // By project: what it has reached. A project's reports are all of one user, and so in the order of time.
  const reached = new Uint8Array(activity.highestProject + 1);
  const steps = [CREATED, BUILDS, DEPLOYS].map((bit) => ({
    bit,
    before: 0,
    fresh: periods.labels.map(() => 0),
  }));
  for (let user = 0; user < start.length; user += 1) {
    const to = end[user] as number;
    for (let row = start[user] as number; row < to; row += 1) {
      const which = project[row] as number;
      const before = reached[which] as number;
      const after = before | (flags[dimension[row] as number] as number);
      if (which === 0 || after === before) continue;
      reached[which] = after;
      const when = quarterHour[row] as number;
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

export const projectsFigure: Figure<ProjectGrowth[]> = {
  count: (c) => lastApart(projects(c.activity, c.timelines(), c.withCurrent)),
  tables: (rows, { unit }) => [
    {
      id: 'projects',
      title: `Projects per ${unit}`,
      definition:
        'Projects by their first report, first build and first deploy: new in the period, and in total until its end.',
      columns: [unit, 'created', 'built', 'deployed', 'created, total', 'built, total', 'deployed, total'],
      charts: [
        { kind: 'bars', title: 'New', series: ['created', 'built', 'deployed'] },
        { kind: 'lines', title: 'In total', series: ['created, total', 'built, total', 'deployed, total'] },
      ],
      rows: rows.map(({ period, created, built, deployed }) => [
        period,
        created.new,
        built.new,
        deployed.new,
        created.total,
        built.total,
        deployed.total,
      ]),
    },
  ],
};
