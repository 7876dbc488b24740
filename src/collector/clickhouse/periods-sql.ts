/** Periods of a calendar in ClickHouse's SQL, in a form that every version from 18.16 on runs. */
import { QUARTER_HOURS_PER_DAY as DAY } from '../quarter-hours.ts';
import type { Periods } from '../report/periods.ts';

/** What a period's expression says of a time before the first period and after the last one. */
export const BEFORE = 0;
export const AFTER = 65_535;

/** The condition that a time lies in one of the periods. */
export function within(periods: Periods, column = 'quarter'): string {
  return `${column} >= ${periods.bounds[0]} AND ${column} < ${periods.bounds[periods.count]}`;
}

/**
 * The expression for the number of the period, from 1, in which the quarter hour `column` lies, or {@link BEFORE} or
 * {@link AFTER}. It looks into a list of constants, one for each day: a condition for each of 366 periods would be evaluated
 * for every row. What begins after a day of 23 or 25 hours is moved, so that everything begins with a whole day.
 */
export function periodOf({ bounds, count }: Periods, column = 'quarter'): string {
  const [start, end] = [bounds[0] as number, bounds[count] as number];
  const lengths = bounds.slice(1).map((bound, period) => bound - (bounds[period] as number));
  const numbers = lengths.flatMap((length, period) => Array(Math.ceil(length / DAY)).fill(period + 1));
  const moved = lengths.slice(0, -1).flatMap((length, period) => {
    const missing = (DAY - (length % DAY)) % DAY;
    return missing === 0 ? [] : [` + (${column} >= ${bounds[period + 1]}) * ${missing}`];
  });
  const inside = `[${numbers.join()}][intDiv(toInt64(${column}) - ${start}${moved.join('')}, ${DAY}) + 1]`;
  return `multiIf(${column} < ${start}, ${BEFORE}, ${column} >= ${end}, ${AFTER}, ${inside})`;
}
