import { INSTALL_EVENT, NPM_INSTALL_EVENT } from '../../../protocol/report.ts';
import { ENVIRONMENTS, type Environment } from '../../environment.ts';
import { KINDS } from '../../kinds.ts';
import { QUARTER_HOURS_PER_DAY } from '../../quarter-hours.ts';
import type { Activity } from '../../store/activity.ts';
import { type Figure, lastApart } from '../figure.ts';
import { SYSTEMS, systemName } from '../operating-system.ts';
import { type Periods, periodFinder } from '../periods.ts';
import type { Selection } from '../selected-chunks.ts';

export interface Installs {
  period: string;
  /** Runs of `install.sh`. */
  script: number;
  /** Installations of the npm package. */
  npm: number;
  installs: number;
  byOs: Record<string, number>;
}

/**
 * Installations in each period. Each invents a new id, so events are counted, no user can be recognised in them
 * later, and the burst rule is not applied.
 */
export function installs(activity: Activity, selection: Selection, periods: Periods): Installs[] {
  const periodAt = periodFinder(periods);
  const osOf = activity.dimensions.map((dimension) => systemName(dimension?.os ?? ''));
  const result: Installs[] = periods.labels.map((period) => ({
    period,
    script: 0,
    npm: 0,
    installs: 0,
    byOs: {},
  }));
  for (const chunk of activity.chunks) {
    const key = INSTALL_KEYS.get(chunk.kind);
    const environment = ENVIRONMENTS[chunk.environment] as Environment;
    if (!key || !selection.environments.includes(environment)) continue;
    const leftOut = selection.leftOut(environment);
    const midnight = chunk.day * QUARTER_HOURS_PER_DAY;
    for (let row = 0; row < chunk.rows; row += 1) {
      const index = periodAt(midnight + (chunk.quarterHour[row] as number));
      if (index < 0 || leftOut[chunk.user[row] as number] !== 0) continue;
      const period = result[index] as Installs;
      const os = osOf[chunk.dimensions[row] as number] as string;
      period[key] += 1;
      period.installs += 1;
      period.byOs[os] = (period.byOs[os] ?? 0) + 1;
    }
  }
  return result;
}

const INSTALL_KEYS = new Map<number, 'script' | 'npm'>([
  [KINDS[INSTALL_EVENT], 'script'],
  [KINDS[NPM_INSTALL_EVENT], 'npm'],
]);

export const installsFigure: Figure<Installs[]> = {
  count: (c) => lastApart(installs(c.activity, c.selection, c.withCurrent)),
  tables: (rows, { unit }) => [
    {
      id: 'installs',
      title: `Installations per ${unit}`,
      definition:
        'Each reported run of install.sh and each installation of the npm package, then the same by system.',
      columns: [unit, 'install.sh', 'npm', 'all', ...SYSTEMS],
      charts: [{ kind: 'stack', title: 'By way of installation', series: ['install.sh', 'npm'] }],
      rows: rows.map(({ period, script, npm, installs, byOs }) => [
        period,
        script,
        npm,
        installs,
        ...SYSTEMS.map((system) => byOs[system] ?? 0),
      ]),
    },
  ],
};
