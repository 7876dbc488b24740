import { ENVIRONMENTS, type Environment } from '../environment.ts';
import type { Activity } from './activity.ts';
import { distinctCounter } from './distinct.ts';
import { scanCommands } from './scan.ts';
import type { Selections } from './selection.ts';
import { BUILDS, DEPLOYS, shapeFlags } from './shape-flags.ts';

/** Everything that was ever received from one environment, the current period included. */
export interface Totals {
  environment: Environment;
  users: number;
  projects: number;
  /** Projects with at least one `wasp build`. */
  projectsBuilt: number;
  /** Projects with at least one deploy that puts an app somewhere, see `deploy.ts`. */
  projectsDeployed: number;
  reports: number;
}

const CREATED = 0;
const BUILT = 1;
const DEPLOYED = 2;

export function totals(activity: Activity, selections: Selections): Totals[] {
  const flags = shapeFlags(activity);
  return ENVIRONMENTS.map((environment) => {
    const users = distinctCounter(1, activity.highestPerson + 1);
    const projects = distinctCounter(3, activity.highestProject + 1);
    let reports = 0;
    scanCommands(activity, selections.of([environment]), (_slot, person, project, shape) => {
      reports += 1;
      users.add(0, person);
      if (project === 0) return;
      projects.add(CREATED, project);
      const flag = flags[shape] as number;
      if (flag & BUILDS) projects.add(BUILT, project);
      if (flag & DEPLOYS) projects.add(DEPLOYED, project);
    });
    const [created, built, deployed] = projects.counts() as [number, number, number];
    return {
      environment,
      users: users.counts()[0] as number,
      projects: created,
      projectsBuilt: built,
      projectsDeployed: deployed,
      reports,
    };
  });
}
