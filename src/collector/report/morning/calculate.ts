import { Temporal } from 'temporal-polyfill';
import { QUARTER_HOUR_MS } from '../../quarter-hours.ts';
import type { Context } from '../figure.ts';
import { installs } from '../figures/installs.ts';
import { completePeriods, type Periods, type PeriodUnit, withCurrent } from '../periods.ts';
import type { ProjectBeginnings } from '../project-beginnings.ts';
import { type Usage, usageIn } from '../usage.ts';
import { COLUMNS, type Column, type ColumnName, LEAST_FOR_PACE, type Matrix, type Usual } from './matrix.ts';

/** How many periods like it a period is compared with. */
const LIKE = 4;

/** What has to be counted for a matrix. */
export interface MatrixPlan {
  unit: PeriodUnit;
  seriesLength: number;
  /** Complete periods and the current one. */
  all: Periods;
  /** The beginnings of the four periods like the current one, each followed by the rest of it; null if there are none. */
  beginnings: Periods | null;
  /** The quarter hour before which projects count as all projects. */
  projectsUntil: number;
}

/** The counts for a {@link MatrixPlan}, of whatever calculates them. */
export interface MatrixCounts {
  all: readonly Counts[];
  /** Null as in the plan. */
  beginnings: readonly Counts[] | null;
  projects: number;
}

/** Of one period. */
export interface Counts extends Record<ColumnName, number> {
  often: Record<Exclude<ColumnName, 'projects'>, number>;
}

type Moment = Pick<Context, 'periods' | 'now' | 'nowQuarterHour' | 'since'>;

/** The matrix of the last complete period of that length; its series are of so many complete periods and the current one. */
export function calculateMatrix(
  context: Context,
  projects: ProjectBeginnings,
  unit: PeriodUnit,
  seriesLength: number,
): Matrix {
  const plan = planMatrix(context, unit, seriesLength);
  return matrixOf(context, plan, {
    all: countsIn(context, projects, plan.all),
    beginnings: plan.beginnings && countsIn(context, projects, plan.beginnings),
    projects: projects.countUntil(plan.projectsUntil),
  });
}

/** Says what has to be counted. */
export function planMatrix(moment: Moment, unit: PeriodUnit, seriesLength: number): MatrixPlan {
  const { periods, now, nowQuarterHour, since } = moment;
  const complete = completePeriods(
    unit,
    Math.max(seriesLength, LIKE * stepOf(unit) + 1),
    periods.timeZone,
    now,
  );
  const all = withCurrent(complete);
  const likes = likeIndexes(complete.count, stepOf(unit)).reverse();
  const isKnown = since !== null && since <= (all.bounds[likes[0] as number] as number);
  const elapsed = nowQuarterHour + 1 - (all.bounds[complete.count] as number);
  return {
    ...{ unit, seriesLength, all },
    beginnings: isKnown ? beginnings(all, likes, elapsed) : null,
    projectsUntil: complete.bounds[complete.count] as number,
  };
}

/** The matrix of what was counted. */
export function matrixOf({ periods, now, since }: Moment, plan: MatrixPlan, counted: MatrixCounts): Matrix {
  const { unit, seriesLength, all } = plan;
  const counts = counted.all;
  const last = all.count - 2;
  const label = all.labels[last] as string;
  const isWhole = (index: number) => since !== null && since <= (all.bounds[index] as number);
  return {
    ...{ unit, label, like: likeWhat(unit, label), timeZone: periods.timeZone },
    labels: all.labels.slice(-seriesLength - 1),
    now,
    since: since === null ? null : since * QUARTER_HOUR_MS,
    columns: COLUMNS.map((name): Column => {
      const series = counts.map((count, period) =>
        since !== null && since < (all.bounds[period + 1] as number) ? count[name] : null,
      );
      const often = { ...counts[last]?.often, projects: counted.projects } as Record<ColumnName, number>;
      const count = series[last] as number | null;
      const likes = likeIndexes(last, stepOf(unit));
      return {
        ...{ name, count, often: count === null ? null : often[name] },
        before: isWhole(last - 1) ? (series[last - 1] as number) : null,
        usual: likes.every(isWhole) ? usualOf(likes.map((like) => series[like] as number)) : null,
        series: series.slice(-seriesLength - 1),
        pace: paceOf(name, plan, counted),
      };
    }),
  };
}

/** A day is compared with the same weekday of the weeks before, anything else with the periods right before. */
function stepOf(unit: PeriodUnit): number {
  return unit === 'day' ? 7 : 1;
}

function likeIndexes(index: number, step: number): number[] {
  return Array.from({ length: LIKE }, (_, k) => index - (k + 1) * step);
}

function usualOf(counts: readonly number[]): Usual {
  const [low, second, third, high] = counts.toSorted((a, b) => a - b) as [number, number, number, number];
  return { median: (second + third) / 2, low, high };
}

function countsIn(
  { activity, selection, timelines }: Context,
  projects: ProjectBeginnings,
  periods: Periods,
): Counts[] {
  const installations = installs(activity, selection, periods).map((count) => count.installs);
  const newProjects = projects.countIn(periods);
  return usageIn(activity, timelines(), periods).map((usage, index) =>
    countsOf(usage, newProjects[index] as number, installations[index] as number),
  );
}

/**
 * @param projects whose first report ever lies in the period
 * @param installed installations of the period
 */
export function countsOf(usage: Usage, projects: number, installed: number): Counts {
  const { users: used, built, deployed, activeDays, builds, deploys } = usage;
  const often = { installed, used: activeDays, built: builds, deployed: deploys };
  return { installed, used, built, deployed, projects, often };
}

/** See {@link Column.pace}. */
function paceOf(name: ColumnName, { unit, all }: MatrixPlan, counted: MatrixCounts): number | null {
  if (counted.beginnings === null) return null;
  const sum = (list: readonly Counts[]) => list.reduce((total, count) => total + count[name], 0);
  const byThen = sum(counted.beginnings.filter((_, index) => index % 2 === 0));
  if (byThen < LEAST_FOR_PACE) return null;
  const current = all.count - 1;
  const whole = sum(likeIndexes(current, stepOf(unit)).map((index) => counted.all[index] as Counts));
  return Math.round(((counted.all[current] as Counts)[name] * whole) / byThen);
}

/** The first `elapsed` quarter hours of these periods, each followed by the time until the next one's beginning. */
function beginnings(all: Periods, indexes: readonly number[], elapsed: number): Periods {
  const bounds = indexes.flatMap((index) => {
    const [from, to] = [all.bounds[index] as number, all.bounds[index + 1] as number];
    return [from, Math.min(from + elapsed, to)];
  });
  const labels = bounds.slice(1).map(() => all.labels[indexes[0] as number] as string);
  return { ...all, bounds, count: labels.length, labels };
}

function likeWhat(unit: PeriodUnit, label: string): string {
  if (unit !== 'day') return unit;
  const { dayOfWeek } = Temporal.PlainDate.from(label);
  return WEEKDAYS[dayOfWeek - 1] as string;
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
