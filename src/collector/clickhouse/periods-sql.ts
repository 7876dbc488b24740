/** Periods of a calendar in ClickHouse's SQL, in a form that every version from 18.16 on runs. */
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
 * {@link AFTER}. It looks into a list of constants: periods of a calendar aren't of equal length, and a condition for
 * each of 366 days would be evaluated for every row.
 */
export function periodOf(periods: Periods, column = 'quarter'): string {
  const { bounds, count } = periods;
  const [start, end] = [bounds[0] as number, bounds[count] as number];
  const step = bounds.reduce((divisor, bound) => greatestCommonDivisor(divisor, bound - start), 0);
  const numbers = bounds.slice(0, -1).flatMap((bound, period) => {
    const length = ((bounds[period + 1] as number) - bound) / step;
    return Array.from({ length }, () => period + 1);
  });
  const inside = `[${numbers.join()}][intDiv(toInt64(${column}) - ${start}, ${step}) + 1]`;
  return `multiIf(${column} < ${start}, ${BEFORE}, ${column} >= ${end}, ${AFTER}, ${inside})`;
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}
