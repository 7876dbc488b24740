import { chartShapes } from '../charts/svg.ts';
import type { Note } from '../notes.ts';
import type { Report } from '../report/report.ts';
import type { Answer, DrawnChart } from './answer.ts';
import { drawingsOf } from './drawings.ts';

/** Draws every chart of a report. ECharts is loaded here, so call this where nothing else waits. */
export async function answerOf(report: Report, notes: readonly Note[]): Promise<Answer> {
  const charts: DrawnChart[] = [];
  for (const chart of drawingsOf(report, notes)) {
    charts.push({ ...chart, shapes: await chartShapes(chart.drawing) });
  }
  return { report, charts };
}
