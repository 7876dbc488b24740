/** Tables as data: the form that the terminal, CSV, the page, the digest and the public site are made from. */
import type { Chart } from './chart.ts';

/** A count with what it is a share of; `of` 0 has no share. */
export interface Share {
  count: number;
  of: number;
  /** Whole percent, where those of a row add up to 100. */
  percent?: number;
}

/** Null: not known yet, or nothing to say. */
export type Cell = string | number | Share | null;

export interface Table {
  /** Unique in a report; the figure's name unless a figure has two tables. */
  id: string;
  title: string;
  /** What exactly is counted. */
  definition: string;
  /** Names, each unique in its table. */
  columns: readonly string[];
  rows: readonly (readonly Cell[])[];
  /** The row of the period that hasn't ended, where there is one for each period; it is not among `rows`. */
  soFar?: readonly Cell[];
  charts: readonly Chart[];
}

export function share(count: number | undefined, of: number): Share | null {
  return count === undefined ? null : { count, of };
}

/** `34 %`, or a dash where there is nothing to be a share of. */
export function percentage({ count, of, percent }: Share): string {
  return of === 0 ? '–' : `${percent ?? Math.round((100 * count) / of)} %`;
}

/** Shares of all of these together, whose percentages add up to 100: the largest remainders are rounded up. */
export function sharesOfWhole(counts: readonly number[]): Share[] {
  const of = counts.reduce((sum, count) => sum + count, 0);
  if (of === 0) return counts.map((count) => ({ count, of }));
  const percents = counts.map((count) => Math.floor((100 * count) / of));
  const missing = 100 - percents.reduce((sum, percent) => sum + percent, 0);
  const remainder = (index: number) => (100 * (counts[index] as number)) % of;
  const byRemainder = [...counts.keys()].sort((a, b) => remainder(b) - remainder(a) || a - b);
  for (const index of byRemainder.slice(0, missing)) percents[index] = (percents[index] as number) + 1;
  return counts.map((count, index) => ({ count, of, percent: percents[index] as number }));
}
