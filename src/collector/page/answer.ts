/** What the page shows of one question, complete: made in a process of its own, sent as JSON. */
import type { Drawing } from '../charts/drawing.ts';
import type { Report } from '../report/report.ts';

export interface Answer {
  report: Report;
  charts: readonly DrawnChart[];
}

export interface DrawnChart {
  /** Unique on the page. */
  id: string;
  /** The table that holds its numbers. */
  tableId: string;
  drawing: Drawing;
  /** SVG without its frame, see `chartShapes`. */
  shapes: string;
}
