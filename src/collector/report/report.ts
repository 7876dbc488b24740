import { SLOT_MS } from '../store/rollup/chunk.ts';
import { type ActiveUsers, activeUsers } from './active-users.ts';
import type { Activity } from './activity.ts';
import { type Deploys, deploys } from './deploys.ts';
import { seen } from './first-seen.ts';
import { type Funnel, funnel } from './funnel.ts';
import { type Installs, installs } from './installs.ts';
import { completePeriods, type Periods, type PeriodUnit } from './periods.ts';
import { type ProjectGrowth, projects } from './projects.ts';
import { type Cohort, retention } from './retention.ts';
import { chosen, type EnvironmentChoice, type Filters, type LeftOut, selections } from './selection.ts';
import { type Systems, systems } from './systems.ts';
import { type Totals, totals } from './totals.ts';
import { type Version, versions } from './versions.ts';

export interface ReportOptions extends Filters {
  unit: PeriodUnit;
  /** How many complete periods. */
  count: number;
  timeZone: string;
  environment: EnvironmentChoice;
  /** Milliseconds UTC; periods that end later are not complete. */
  now: number;
}

/** Every figure, as numbers. */
export interface Report {
  periods: Periods;
  environment: EnvironmentChoice;
  now: number;
  leftOut: LeftOut;
  totals: Totals[];
  activeUsers: ActiveUsers[];
  projects: ProjectGrowth[];
  retention: Cohort[];
  funnel: Funnel[];
  deploys: Deploys[];
  versions: Version[];
  systems: Systems[];
  installs: Installs[];
}

/** Calculates all figures. Throws `UnknownTimeZoneError`. */
export function report(activity: Activity, options: ReportOptions): Report {
  const { unit, count, timeZone, environment, now } = options;
  const periods = completePeriods(unit, count, timeZone, now);
  const all = selections(activity, options);
  const selection = all.of(chosen(environment));
  const firstAndLast = seen(activity, selection);
  const installations = installs(activity, selection, periods);
  return {
    periods,
    environment,
    now,
    leftOut: all.leftOut,
    totals: totals(activity, all),
    activeUsers: activeUsers(activity, selection, periods, firstAndLast),
    projects: projects(activity, selection, periods),
    retention: retention(activity, selection, periods, firstAndLast),
    funnel: funnel(activity, selection, periods, firstAndLast, installations),
    deploys: deploys(activity, selection, periods),
    versions: versions(activity, selection, periods, Math.floor(now / SLOT_MS)),
    systems: systems(activity, selection, periods),
    installs: installations,
  };
}
