import { SLOT_MS } from '../quarter-hours.ts';
import { activeUsers } from './active-users.ts';
import type { Activity, Selection } from './activity.ts';
import { conversion } from './conversion.ts';
import { deploys } from './deploys.ts';
import { funnel } from './funnel.ts';
import type { Histories } from './histories.ts';
import { installs } from './installs.ts';
import { people } from './people.ts';
import { completePeriods, type Periods, type PeriodUnit } from './periods.ts';
import { projects } from './projects.ts';
import { retention } from './retention.ts';
import {
  chosen,
  type EnvironmentChoice,
  type Filters,
  type LeftOut,
  type Selections,
  selections,
} from './selection.ts';
import { systems } from './systems.ts';
import { totals } from './totals.ts';
import { versions } from './versions.ts';

export interface ReportOptions extends Filters {
  unit: PeriodUnit;
  /** How many complete periods. */
  count: number;
  timeZone: string;
  environment: EnvironmentChoice;
  /** Milliseconds UTC; periods that end later are not complete. */
  now: number;
}

interface Context {
  activity: Activity;
  selections: Selections;
  selection: Selection;
  periods: Periods;
  now: number;
  /** Calculated once, when the first figure asks for it. */
  histories(): Histories;
}

/** Every figure by its name on the command line. */
const FIGURES = {
  totals: (c: Context) => totals(c.activity, c.selections),
  'active-users': (c: Context) => activeUsers(c.histories(), c.periods),
  people: (c: Context) => people(c.activity, c.histories(), c.periods),
  projects: (c: Context) => projects(c.activity, c.histories(), c.periods),
  retention: (c: Context) => retention(c.histories(), c.periods),
  funnel: (c: Context) =>
    funnel(c.activity, c.histories(), c.periods, installs(c.activity, c.selection, c.periods)),
  conversion: (c: Context) => conversion(c.activity, c.histories(), c.periods, Math.floor(c.now / SLOT_MS)),
  deploys: (c: Context) => deploys(c.activity, c.histories(), c.periods),
  versions: (c: Context) => versions(c.activity, c.histories(), c.periods, Math.floor(c.now / SLOT_MS)),
  systems: (c: Context) => systems(c.activity, c.histories(), c.periods),
  installs: (c: Context) => installs(c.activity, c.selection, c.periods),
};

export type FigureName = keyof typeof FIGURES;
export const FIGURE_NAMES = Object.keys(FIGURES) as FigureName[];
export type Figures = { [Name in FigureName]: ReturnType<(typeof FIGURES)[Name]> };

/** Figures as numbers, with what their reader must know to understand them. */
export interface Report {
  periods: Periods;
  environment: EnvironmentChoice;
  /** Milliseconds UTC: when the figures were calculated. */
  now: number;
  leftOut: LeftOut;
  /** Those that were asked for. */
  figures: Partial<Figures>;
}

/** Calculates the named figures. Throws `UnknownTimeZoneError`. */
export function report(
  activity: Activity,
  options: ReportOptions,
  names: readonly FigureName[] = FIGURE_NAMES,
): Report {
  const { unit, count, timeZone, environment, now } = options;
  const periods = completePeriods(unit, count, timeZone, now);
  const all = selections(activity, options);
  const selection = all.of(chosen(environment));
  let byPerson: Histories | undefined;
  const context: Context = {
    activity,
    selections: all,
    selection,
    periods,
    now,
    histories() {
      byPerson ??= all.histories(chosen(environment));
      return byPerson;
    },
  };
  const figures = Object.fromEntries(names.map((name) => [name, FIGURES[name](context)]));
  return { periods, environment, now, leftOut: all.leftOut, figures };
}
