import type { Activity } from '../store/activity.ts';
import type { Periods } from './periods.ts';
import type { Selection } from './selected-chunks.ts';
import type { Selections } from './selection.ts';
import type { Table } from './table.ts';
import type { Timelines } from './timelines.ts';

/** What a figure is counted from. */
export interface Context {
  /** Nothing later than `now`. */
  activity: Activity;
  selections: Selections;
  /** Of the chosen environments. */
  selection: Selection;
  /** Complete ones. */
  periods: Periods;
  /** The same and, as the last one, the period that hasn't ended. */
  withCurrent: Periods;
  /** Milliseconds UTC. */
  now: number;
  /** The quarter hour of now, since 1970-01-01 UTC. */
  nowQuarterHour: number;
  /** The quarter hour of the first report of any kind from anywhere; null if there is none. */
  since: number | null;
  /** Calculated once, when the first figure asks for it. */
  timelines(): Timelines;
}

/** A figure's numbers; `soFar` are those of the period that hasn't ended, where the figure has any. */
export interface Counted<Numbers> {
  complete: Numbers;
  soFar?: Numbers;
}

/** One of the report's questions: what it counts, its tables and their charts, all in one file of `figures/`. */
export interface Figure<Numbers> {
  count(context: Context): Counted<Numbers>;
  /** `numbers` of these periods. */
  tables(numbers: Numbers, periods: Periods): readonly Table[];
  /** The numbers for `JSON.stringify`, if they don't read well as they are. */
  json?(numbers: Numbers): unknown;
}

/** Numbers that are a row for each of `Context.withCurrent`. */
export function lastApart<Row>(rows: readonly Row[]): Counted<Row[]> {
  return { complete: rows.slice(0, -1), soFar: rows.slice(-1) };
}

/** Numbers by name instead of by place. */
export function labelled(labels: readonly string[], numbers: readonly number[]): Record<string, number> {
  return Object.fromEntries(labels.map((label, index) => [label, numbers[index] as number]));
}
