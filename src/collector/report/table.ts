/** Tables as data: the form that the terminal, CSV, the page, the digest and the public site are made from. */
import type { Chart } from './chart.ts';

/** A count with what it is a share of; `of` 0 has no share. */
export interface Share {
  count: number;
  of: number;
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
export function percentage({ count, of }: Share): string {
  return of === 0 ? '–' : `${Math.round((100 * count) / of)} %`;
}
