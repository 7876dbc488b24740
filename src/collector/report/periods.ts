import { Temporal } from 'temporal-polyfill';
import { QUARTER_HOUR_MS } from '../quarter-hours.ts';

export const PERIOD_UNITS = ['day', 'week', 'month'] as const;
export type PeriodUnit = (typeof PERIOD_UNITS)[number];

/** How many periods a report has unless a number is given, and at most; more would not be readable. */
export const PERIOD_COUNTS: Record<PeriodUnit, { usual: number; most: number }> = {
  day: { usual: 14, most: 366 },
  week: { usual: 12, most: 104 },
  month: { usual: 12, most: 60 },
};

/** Consecutive complete periods, oldest first. */
export interface Periods {
  unit: PeriodUnit;
  timeZone: string;
  count: number;
  /** `count + 1` quarter hours: period `i` is `[bounds[i], bounds[i + 1])`. */
  bounds: readonly number[];
  /** The local date on which each period begins, `2026-03-29`. */
  labels: readonly string[];
  /** The local date on which the period after the last one begins. */
  end: string;
}

/** No calendar can be made of the time zone's name: this machine doesn't know it, or it is no quarter hour from UTC. */
export class UnknownTimeZoneError extends Error {
  constructor(timeZone: string) {
    super(
      `There is no time zone ${JSON.stringify(timeZone)}. Use a name like UTC, Europe/Zagreb or Asia/Kathmandu.`,
    );
    this.name = 'UnknownTimeZoneError';
  }
}

/**
 * The last `count` periods that had ended at `now` (milliseconds UTC) on the calendar of `timeZone`. Weeks
 * begin on Monday. A day begins at its first moment, which isn't midnight where the clock skips that.
 * Throws {@link UnknownTimeZoneError}.
 */
export function completePeriods(unit: PeriodUnit, count: number, timeZone: string, now: number): Periods {
  const current = firstDay(unit, today(timeZone, now));
  const starts = Array.from({ length: count + 1 }, (_, index) =>
    current.subtract({ [`${unit}s`]: count - index }),
  );
  const bounds = starts.map((day) =>
    quarterHourAt(day.toZonedDateTime(timeZone).epochMilliseconds, timeZone),
  );
  const labels = starts.map(String);
  return { unit, timeZone, count, bounds, labels: labels.slice(0, -1), end: labels.at(-1) as string };
}

/** The same and, as the last one, the period after them: the one that hasn't ended. */
export function withCurrent(periods: Periods): Periods {
  const { unit, timeZone, count, bounds, labels, end } = periods;
  const next = Temporal.PlainDate.from(end).add({ [`${unit}s`]: 1 });
  return {
    ...{ unit, timeZone, count: count + 1 },
    bounds: [...bounds, quarterHourAt(next.toZonedDateTime(timeZone).epochMilliseconds, timeZone)],
    labels: [...labels, end],
    end: String(next),
  };
}

/** The last period of {@link withCurrent} alone. */
export function current(periods: Periods): Periods {
  const { bounds, labels, ...rest } = withCurrent(periods);
  return { ...rest, count: 1, bounds: bounds.slice(-2), labels: labels.slice(-1) };
}

/** The calendar days that these periods consist of. */
export function daysOf({ timeZone, labels, end }: Periods): Periods {
  const first = Temporal.PlainDate.from(labels[0] as string);
  const count = first.until(end, { largestUnit: 'days' }).days;
  const days = Array.from({ length: count + 1 }, (_, index) => first.add({ days: index }));
  return {
    ...{ unit: 'day', timeZone, count, end },
    bounds: days.map((day) => quarterHourAt(day.toZonedDateTime(timeZone).epochMilliseconds, timeZone)),
    labels: days.slice(0, -1).map(String),
  };
}

function today(timeZone: string, now: number): Temporal.PlainDate {
  try {
    return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  } catch (error) {
    if ((error as Error).name === 'RangeError') throw new UnknownTimeZoneError(timeZone);
    throw error;
  }
}

function firstDay(unit: PeriodUnit, date: Temporal.PlainDate): Temporal.PlainDate {
  if (unit === 'week') return date.subtract({ days: date.dayOfWeek - 1 });
  return unit === 'month' ? date.with({ day: 1 }) : date;
}

function quarterHourAt(time: number, timeZone: string): number {
  // Liberia was the last to leave such an offset, in 1972, but `+05:07` can be written. Better no figure than a wrong one.
  if (time % QUARTER_HOUR_MS !== 0) throw new UnknownTimeZoneError(timeZone);
  return time / QUARTER_HOUR_MS;
}

/** Returns the function that tells in which period a quarter hour lies: an index, or -1 for none. */
export function periodFinder({ bounds, count }: Periods): (quarterHour: number) => number {
  const start = bounds[0] as number;
  const end = bounds[count] as number;
  const table = new Int16Array(end - start);
  for (let period = 0; period < count; period += 1) {
    table.fill(period, (bounds[period] as number) - start, (bounds[period + 1] as number) - start);
  }
  return (quarterHour) =>
    quarterHour < start || quarterHour >= end ? -1 : (table[quarterHour - start] as number);
}
