/** A figure as a file: CSV and JSON of a table's figure, SVG and PNG of a chart, and a chart's values for the script. */
import { matrixPicture } from '../charts/matrix.ts';
import { chartPicture } from '../charts/svg.ts';
import { tableCsv } from '../report/csv.ts';
import { reportJson } from '../report/json.ts';
import { titleOf } from '../report/morning/matrix.ts';
import { tables } from '../report/report.ts';
import type { Answer, DrawnChart } from './answer.ts';
import type { Question } from './question.ts';
import { renderTablePage } from './render-table-page.ts';
import { page, type Reply } from './respond.ts';

export interface Download {
  kind: 'csv' | 'json' | 'svg' | 'png' | 'values' | 'table';
  /** Of a table, or of a chart. */
  id: string;
}

/** `/csv/projects.csv`, `/table/projects` and so on; undefined for any other path. */
export function downloadAt(pathname: string): Download | undefined {
  const [, kind, id, extension] =
    /^\/(csv|json|svg|png|values|table)\/([a-z0-9-]+)(?:\.(\w+))?$/.exec(pathname) ?? [];
  const expected = kind === 'table' ? undefined : kind === 'values' ? 'json' : kind;
  return id === undefined || extension !== expected ? undefined : { kind: kind as Download['kind'], id };
}

/** Undefined if there is no such table or chart. `draw` makes PNG of SVG. */
export async function download(
  { kind, id }: Download,
  answer: Answer,
  { question, base, draw }: { question: Question; base: string; draw(svg: string): Promise<Uint8Array> },
): Promise<Reply | undefined> {
  const name = `${id}-per-${question.unit}.${kind}`;
  if (kind === 'svg' || kind === 'png' || kind === 'values') {
    const chart = answer.charts.find((one) => one.id === id);
    if (kind === 'values') return chart && json(valuesOf(chart));
    const svg = chart ? chartPicture(chart.drawing, chart.shapes) : matrixSvg(answer, id);
    if (svg === undefined) return undefined;
    return kind === 'svg' ? file(name, 'image/svg+xml', svg) : file(name, 'image/png', await draw(svg));
  }
  const table = tables(answer.report).find((one) => one.id === id);
  if (!table) return undefined;
  if (kind === 'csv') return file(name, 'text/csv; charset=utf-8', tableCsv(table));
  if (kind === 'table') return page(200, renderTablePage(table, question, base));
  const figures = { [table.figure]: answer.report.figures[table.figure] };
  const content = reportJson({ ...answer.report, figures });
  return file(name, 'application/json', `${JSON.stringify(content, undefined, 2)}\n`);
}

function matrixSvg({ report }: Answer, id: string): string | undefined {
  const matrix = report.figures.morning?.matrix;
  return id === 'morning' && matrix ? matrixPicture(matrix, `Wasp, ${titleOf(matrix)}`) : undefined;
}

function valuesOf({ drawing: { labels, series, isLastIncomplete } }: DrawnChart): object {
  return { labels, isLastIncomplete, series: series.map(({ name, values }) => ({ name, values })) };
}

function json(content: object): Reply {
  return { status: 200, type: 'application/json', body: JSON.stringify(content) };
}

function file(name: string, type: string, body: string | Uint8Array): Reply {
  return { status: 200, type, body, headers: { 'Content-Disposition': `attachment; filename="${name}"` } };
}
