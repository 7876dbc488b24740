import { ENVIRONMENTS, type Environment } from '../../environment.ts';
import type { Activity } from '../../store/activity.ts';
import { BUILDS, DEPLOYS, dimensionFlags } from '../dimension-flags.ts';
import type { Figure } from '../figure.ts';
import { type Selection, selectedChunks } from '../selected-chunks.ts';
import type { Selections } from '../selection.ts';

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

function totals(activity: Activity, selections: Selections): Totals[] {
  const flags = dimensionFlags(activity).map((flag) => flag | SEEN);
  return ENVIRONMENTS.map((environment) => ({
    environment,
    ...reached(activity, selections.of([environment]), flags),
  }));
}

/** Beside {@link BUILDS} and {@link DEPLOYS}: has reported at all. */
const SEEN = 4;

function reached(activity: Activity, selection: Selection, flags: Uint8Array): Omit<Totals, 'environment'> {
  let [users, projects, projectsBuilt, projectsDeployed, reports] = [0, 0, 0, 0, 0];
  // By user and by project: what was counted already.
  const seen = new Uint8Array(activity.highestUser + 1);
  const flagsOf = new Uint8Array(activity.highestProject + 1);
  for (const [{ rows, user, project, dimensions }, leftOut] of selectedChunks(activity, selection)) {
    for (let row = 0; row < rows; row += 1) {
      const who = user[row] as number;
      if (leftOut[who] !== 0) continue;
      reports += 1;
      users += 1 - (seen[who] as number);
      seen[who] = 1;
      const which = project[row] as number;
      const before = flagsOf[which] as number;
      const added = (flags[dimensions[row] as number] as number) & ~before;
      if (added === 0 || which === 0) continue;
      flagsOf[which] = before | added;
      if (added & SEEN) projects += 1;
      if (added & BUILDS) projectsBuilt += 1;
      if (added & DEPLOYS) projectsDeployed += 1;
    }
  }
  return { users, projects, projectsBuilt, projectsDeployed, reports };
}

export const totalsFigure: Figure<Totals[]> = {
  count: (c) => ({ complete: totals(c.activity, c.selections) }),
  tables: (rows) => [
    {
      id: 'totals',
      title: 'Totals',
      definition:
        'Everything received so far. A user is an id, a project an id and a project hash; built and deployed ' +
        'projects are those with at least one build, or deploy. One user may count in several environments.',
      columns: ['environment', 'users', 'projects', 'built', 'deployed', 'reports'],
      charts: [],
      rows: rows.map((row) => [
        row.environment,
        row.users,
        row.projects,
        row.projectsBuilt,
        row.projectsDeployed,
        row.reports,
      ]),
    },
  ],
};
