import { QUARTER_HOUR_MS } from '../quarter-hours.ts';
import type { Activity } from '../store/activity.ts';
import { activityUntil } from './activity-until.ts';
import type { Context } from './figure.ts';
import { FIGURE_NAMES, type FigureName, type Figures, figureOf } from './figures/index.ts';
import { firstReport } from './first-report.ts';
import { completePeriods, current, type Periods, type PeriodUnit, withCurrent } from './periods.ts';
import { chosen, type EnvironmentChoice, type Filters, type LeftOut, selections } from './selection.ts';
import type { Table } from './table.ts';
import type { Timelines } from './timelines.ts';

export interface ReportOptions extends Filters {
  unit: PeriodUnit;
  /** How many complete periods. */
  count: number;
  timeZone: string;
  environment: EnvironmentChoice;
  /** Milliseconds UTC; what is later doesn't count, and a period that ends later is not complete. */
  now: number;
}

/** Figures as numbers, with what their reader must know to understand them. Can be written as JSON and read again. */
export interface Report {
  periods: Periods;
  environment: EnvironmentChoice;
  /** Milliseconds UTC: when the figures were calculated. */
  now: number;
  /** Milliseconds UTC: the quarter hour of the first report of any kind from anywhere; null if there is none. */
  since: number | null;
  leftOut: LeftOut;
  /** Those that were asked for. */
  figures: Partial<Figures>;
  /** The same of the period that hasn't ended, for those figures that are a row per period. */
  soFar: Partial<Figures>;
}

/** Calculates the named figures. Throws `UnknownTimeZoneError`. */
export function report(
  everything: Activity,
  options: ReportOptions,
  names: readonly FigureName[] = FIGURE_NAMES,
): Report {
  const { unit, count, timeZone, environment, now } = options;
  const periods = completePeriods(unit, count, timeZone, now);
  const activity = activityUntil(everything, now);
  const all = selections(activity, options);
  let byUser: Timelines | undefined;
  const context: Context = {
    activity,
    selections: all,
    selection: all.of(chosen(environment)),
    periods,
    withCurrent: withCurrent(periods),
    now,
    nowQuarterHour: Math.floor(now / QUARTER_HOUR_MS),
    since: firstReport(activity),
    timelines() {
      byUser ??= all.timelines(chosen(environment));
      return byUser;
    },
  };
  const counted = names.map((name) => [name, figureOf(name).count(context)] as const);
  return {
    ...{ periods, environment, now, leftOut: all.leftOut },
    since: context.since === null ? null : context.since * QUARTER_HOUR_MS,
    figures: Object.fromEntries(counted.map(([name, { complete }]) => [name, complete])),
    soFar: Object.fromEntries(
      counted.filter(([, { soFar }]) => soFar !== undefined).map(([name, { soFar }]) => [name, soFar]),
    ),
  };
}

/** A table of a report, with the name of the figure that it belongs to. */
export interface FigureTable extends Table {
  figure: FigureName;
}

/** The tables of all figures that the report has, in their order. */
export function tables({ figures, soFar, periods, since }: Report): FigureTable[] {
  return (Object.keys(figures) as FigureName[]).flatMap((name) => {
    const now = soFar[name] && figureOf(name).tables(soFar[name], current(periods));
    return figureOf(name)
      .tables(figures[name], periods)
      .map((table, index) => ({
        ...table,
        figure: name,
        rows: knownOnly(table.rows, periods, since),
        // Only a table by period has a row for the one that hasn't ended.
        ...(now && table.columns[0] === periods.unit && { soFar: now[index]?.rows[0] ?? [] }),
      }));
  });
}

/** A period that had ended before the first report has no numbers, not zeros. */
function knownOnly(rows: Table['rows'], { labels, bounds }: Periods, since: number | null): Table['rows'] {
  const first = since === null ? Number.POSITIVE_INFINITY : since / QUARTER_HOUR_MS;
  return rows.map((row, index) => {
    const isUnknown = row[0] === labels[index] && (bounds[index + 1] as number) <= first;
    return isUnknown ? row.map((cell, column) => (column === 0 ? cell : null)) : row;
  });
}
