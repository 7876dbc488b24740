/** What the maintainers ask every morning, in five columns: the last complete period, and what is usual. */
import type { PeriodUnit } from '../periods.ts';

export const COLUMNS = ['installed', 'used', 'built', 'deployed', 'projects'] as const;
export type ColumnName = (typeof COLUMNS)[number];

export interface Matrix {
  unit: PeriodUnit;
  /** The local date on which the last complete period began; all of `columns` are about this period. */
  label: string;
  /** What it is compared with: `Monday`, `week`, `month`. */
  like: string;
  timeZone: string;
  /** Local dates on which the periods of `series` began, oldest first; the last one hasn't ended. */
  labels: readonly string[];
  /** Milliseconds UTC: the time to which the period that hasn't ended is counted. */
  now: number;
  /** Milliseconds UTC: the quarter hour of the first report of any kind from anywhere; null if there is none. */
  since: number | null;
  columns: readonly Column[];
}

export interface Column {
  name: ColumnName;
  /**
   * In the last complete period. `installed`: installations, of which each has an id of its own; `used`, `built`,
   * `deployed`: users; `projects`: those with their first report ever. Null if the first report came later.
   */
  count: number | null;
  /**
   * How often, in the same period. `installed`: installations; `used`: calendar days with a report, of all users
   * together; `built`, `deployed`: reported builds and deploys; `projects`: all projects until the period's end.
   */
  often: number | null;
  /** The same count in the period before; null if that wasn't received from its beginning on. */
  before: number | null;
  /** The same count in the four periods like this one; null if not all four were received from their beginning on. */
  usual: Usual | null;
  /** By period, as `labels`; null where a period had ended before the first report. The last one hasn't ended. */
  series: readonly (number | null)[];
  /**
   * What the period that hasn't ended comes to at this pace, a whole number: its count so far, times the counts of the
   * four periods like it, divided by their counts in as long from their beginning. Null if not all four were received
   * from their beginning on, or came to less than {@link LEAST_FOR_PACE} together by then.
   */
  pace: number | null;
}

/** Four periods like another: the same weekday in the four weeks before; or the four weeks, or months, before. */
export interface Usual {
  median: number;
  low: number;
  high: number;
}

/** With less, a pace would jump with every report. */
export const LEAST_FOR_PACE = 20;

/** `usual`: inside the range of the four like it. `unknown`: there are no four. */
export type Verdict = 'usual' | 'above' | 'below' | 'unknown';

export function verdict({ count, usual }: Pick<Column, 'count' | 'usual'>): Verdict {
  if (count === null || usual === null) return 'unknown';
  if (count > usual.high) return 'above';
  return count < usual.low ? 'below' : 'usual';
}

/** Whole percent above (below: negative) the median; null if that is unknown or 0. */
export function changeFromUsual({ count, usual }: Pick<Column, 'count' | 'usual'>): number | null {
  if (count === null || usual === null || usual.median === 0) return null;
  return Math.round((100 * (count - usual.median)) / usual.median);
}

/**
 * Whether it is worth a word: outside the range of the four like it, and further from their median than twice the square
 * root of that, which a count that only varies by chance is one time in twenty.
 */
export function isUnusual(column: Pick<Column, 'count' | 'usual'>): boolean {
  const { count, usual } = column;
  if (count === null || usual === null || verdict(column) === 'usual') return false;
  return Math.abs(count - usual.median) > 2 * Math.sqrt(Math.max(usual.median, 1));
}

/** Whether a period has ended since the first report; before that there are only the numbers so far. */
export function isBegun({ columns }: Pick<Matrix, 'columns'>): boolean {
  return columns.some(({ count }) => count !== null);
}

/** `2026-11-23`, `the week from 2026-11-16`, `2026-11-24 so far`: what the matrix is about. */
export function titleOf(matrix: Pick<Matrix, 'unit' | 'label' | 'labels' | 'since' | 'columns'>): string {
  const { unit, labels } = matrix;
  const isSoFar = matrix.since !== null && !isBegun(matrix);
  const label = isSoFar ? (labels.at(-1) ?? matrix.label) : matrix.label;
  return `${unit === 'day' ? label : `the ${unit} from ${label}`}${isSoFar ? ' so far' : ''}`;
}

/** The column of that name. */
export function columnOf(matrix: Matrix, name: ColumnName): Column {
  return matrix.columns.find((column) => column.name === name) as Column;
}
