import type { Activity } from '../../store/activity.ts';
import { type Deploy, deployOf, TARGETS } from '../deploy.ts';
import { type Figure, lastApart } from '../figure.ts';
import { type Periods, periodFinder } from '../periods.ts';
import type { Timelines } from '../timelines.ts';

export const DEPLOY_TARGETS = [...TARGETS, 'other'] as const;

export interface DeployCount {
  target: string;
  /** Reported deploys that put an app somewhere. At most one command per project is reported in 12 hours. */
  deploys: number;
  projects: number;
  users: number;
}

export interface Deploys {
  period: string;
  /** In the order of {@link DEPLOY_TARGETS}. */
  byTarget: DeployCount[];
}

function deploys({ dimensions }: Activity, timelines: Timelines, periods: Periods): Deploys[] {
  const { start, end, quarterHour, project, dimension } = timelines;
  const targetOf = Int8Array.from(dimensions, (one) => targetIndex(deployOf(one?.deploy ?? '')));
  const periodAt = periodFinder(periods);
  const result: Deploys[] = periods.labels.map((period) => ({
    period,
    byTarget: DEPLOY_TARGETS.map((target) => ({ target, deploys: 0, projects: 0, users: 0 })),
  }));
  /** The projects that this user has deployed to a target in a period; few, and for most people none. */
  const deployed = new Map<DeployCount, Set<number>>();
  for (let user = 0; user < start.length; user += 1) {
    const to = end[user] as number;
    for (let row = start[user] as number; row < to; row += 1) {
      const target = targetOf[dimension[row] as number] as number;
      const period = target < 0 ? -1 : periodAt(quarterHour[row] as number);
      if (period < 0) continue;
      const count = result[period]?.byTarget[target] as DeployCount;
      count.deploys += 1;
      const projects = deployed.get(count);
      if (projects) projects.add(project[row] as number);
      else deployed.set(count, new Set([project[row] as number]));
    }
    if (deployed.size === 0) continue;
    for (const [count, projects] of deployed) {
      count.users += 1;
      projects.delete(0);
      count.projects += projects.size;
    }
    deployed.clear();
  }
  return result;
}

function targetIndex(deploy: Deploy | undefined): number {
  return deploy?.puts ? (DEPLOY_TARGETS as readonly string[]).indexOf(deploy.target) : -1;
}

export const deploysFigure: Figure<Deploys[]> = {
  count: (c) => lastApart(deploys(c.activity, c.timelines(), c.withCurrent)),
  tables: (rows, { unit }) => [
    {
      id: 'deploys',
      title: `Deploys per ${unit}`,
      definition:
        'Reports of `wasp deploy` that put an app on a host, not setup, create-db or cmd. A project reports at most ' +
        'one command in 12 hours, so projects, each counted once, are the better measure.',
      columns: [
        unit,
        ...DEPLOY_TARGETS.map((target) => `${target}: projects`),
        ...DEPLOY_TARGETS.map((target) => `${target}: deploys`),
      ],
      charts: [
        {
          kind: 'stack',
          title: 'Projects by host',
          series: DEPLOY_TARGETS.map((target) => `${target}: projects`),
        },
      ],
      rows: rows.map(({ period, byTarget }) => [
        period,
        ...byTarget.map(({ projects }) => projects),
        ...byTarget.map(({ deploys }) => deploys),
      ]),
    },
  ],
};
