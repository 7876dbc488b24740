import type { Activity, Selection, Visit } from './activity.ts';
import { type Deploy, deployOf, TARGETS } from './deploy.ts';
import { distinctCounter } from './distinct.ts';
import { type Periods, periodFinder } from './periods.ts';
import { scanCommands } from './scan.ts';

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

export function deploys(activity: Activity, selection: Selection, periods: Periods): Deploys[] {
  const targets = DEPLOY_TARGETS.length;
  const targetOf = activity.shapes.map((shape) => targetIndex(deployOf(shape?.deploy ?? '')));
  const periodAt = periodFinder(periods);
  const counts = new Array<number>(periods.count * targets).fill(0);
  const projects = distinctCounter(counts.length, activity.highestProject + 1);
  const users = distinctCounter(counts.length, activity.highestPerson + 1);
  const count: Visit = (slot, person, project, shape) => {
    const target = targetOf[shape] as number;
    const period = target < 0 ? -1 : periodAt(slot);
    if (period < 0) return;
    const group = period * targets + target;
    counts[group] = (counts[group] as number) + 1;
    users.add(group, person);
    if (project !== 0) projects.add(group, project);
  };
  scanCommands(activity, selection, count, periods.bounds[0], periods.bounds[periods.count]);
  return periods.labels.map((period, index) => ({
    period,
    byTarget: DEPLOY_TARGETS.map((target, offset) => {
      const group = index * targets + offset;
      return {
        target,
        deploys: counts[group] as number,
        projects: projects.counts()[group] as number,
        users: users.counts()[group] as number,
      };
    }),
  }));
}

function targetIndex(deploy: Deploy | undefined): number {
  return deploy?.puts ? (DEPLOY_TARGETS as readonly string[]).indexOf(deploy.target) : -1;
}
