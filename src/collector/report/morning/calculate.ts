import { Temporal } from 'temporal-polyfill';
import { SLOT_MS } from '../../quarter-hours.ts';
import type { Context } from '../figure.ts';
import { installs } from '../figures/installs.ts';
import { completePeriods, type Periods, type PeriodUnit, withCurrent } from '../periods.ts';
import { type Usage, usageIn } from '../usage.ts';
import { COLUMNS, type Column, type ColumnName, LEAST_FOR_PACE, type Matrix, type Usual } from './matrix.ts';

/** How many periods like it a period is compared with. */
const LIKE = 4;

/** The matrix of the last complete period of that length; its series are of so many complete periods and the current one. */
export function calculateMatrix(context: Context, unit: PeriodUnit, seriesLength: number): Matrix {
  const { periods, now, since } = context;
  const step = unit === 'day' ? 7 : 1;
  const complete = completePeriods(unit, Math.max(seriesLength, LIKE * step + 1), periods.timeZone, now);
  const all = withCurrent(complete);
  const counts = countsIn(context, all);
  const paces = pacesOf(context, all, step, since, counts);
  const last = complete.count - 1;
  const label = complete.labels[last] as string;
  const total = projectsUntil(context, complete.bounds[complete.count] as number);
  const isWhole = (index: number) => since !== null && since <= (all.bounds[index] as number);
  return {
    ...{ unit, label, like: likeWhat(unit, label), timeZone: periods.timeZone },
    labels: all.labels.slice(-seriesLength - 1),
    now,
    since: since === null ? null : since * SLOT_MS,
    columns: COLUMNS.map((name, index): Column => {
      const series = counts.map((count, period) =>
        since !== null && since < (all.bounds[period + 1] as number) ? count[name] : null,
      );
      const often = { ...counts[last]?.often, projects: total } as Record<ColumnName, number>;
      const count = series[last] as number | null;
      const likes = likeIndexes(last, step);
      return {
        ...{ name, count, often: count === null ? null : often[name] },
        before: isWhole(last - 1) ? (series[last - 1] as number) : null,
        usual: likes.every(isWhole) ? usualOf(likes.map((like) => series[like] as number)) : null,
        series: series.slice(-seriesLength - 1),
        pace: paces[index] as number | null,
      };
    }),
  };
}

function likeIndexes(index: number, step: number): number[] {
  return Array.from({ length: LIKE }, (_, k) => index - (k + 1) * step);
}

function usualOf(counts: readonly number[]): Usual {
  const [low, second, third, high] = counts.toSorted((a, b) => a - b) as [number, number, number, number];
  return { median: (second + third) / 2, low, high };
}

interface Counts extends Record<ColumnName, number> {
  often: Record<Exclude<ColumnName, 'projects'>, number>;
}

function countsIn({ activity, selection, timelines }: Context, periods: Periods): Counts[] {
  const installations = installs(activity, selection, periods).map((count) => count.installs);
  return usageIn(activity, timelines(), periods).map((usage: Usage, index) => {
    const installed = installations[index] as number;
    const { users: used, built, deployed, newProjects: projects, activeDays, builds, deploys } = usage;
    const often = { installed, used: activeDays, built: builds, deployed: deploys };
    return { installed, used, built, deployed, projects, often };
  });
}

/** By column: see {@link Column.pace}. The last of the periods hasn't ended. */
function pacesOf(
  context: Context,
  all: Periods,
  step: number,
  since: number | null,
  counts: readonly Counts[],
): (number | null)[] {
  const current = all.count - 1;
  const likes = likeIndexes(current, step).reverse();
  const first = likes[0] as number;
  if (first < 0 || since === null || since > (all.bounds[first] as number)) return COLUMNS.map(() => null);
  const elapsed = context.nowSlot + 1 - (all.bounds[current] as number);
  const parts = countsIn(context, beginnings(all, likes, elapsed)).filter((_, index) => index % 2 === 0);
  return COLUMNS.map((name) => {
    const sum = (list: readonly Counts[]) => list.reduce((total, count) => total + count[name], 0);
    const byThen = sum(parts);
    if (byThen < LEAST_FOR_PACE) return null;
    const whole = sum(likes.map((index) => counts[index] as Counts));
    return Math.round(((counts[current] as Counts)[name] * whole) / byThen);
  });
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

/** All projects with a report before that quarter hour. */
function projectsUntil({ activity, timelines }: Context, limit: number): number {
  const { start, end, slot, project } = timelines();
  const seen = new Uint8Array(activity.highestProject + 1);
  let count = 0;
  for (let user = 0; user < start.length; user += 1) {
    for (let row = start[user] as number; row < (end[user] as number); row += 1) {
      const which = project[row] as number;
      if (which === 0 || seen[which] !== 0 || (slot[row] as number) >= limit) continue;
      seen[which] = 1;
      count += 1;
    }
  }
  return count;
}

function likeWhat(unit: PeriodUnit, label: string): string {
  if (unit !== 'day') return unit;
  const { dayOfWeek } = Temporal.PlainDate.from(label);
  return WEEKDAYS[dayOfWeek - 1] as string;
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
