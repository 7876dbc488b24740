/** A report's tables → drawings, in the tables' order. */
import { colourOf } from '../charts/colour.ts';
import type { Note } from '../notes.ts';
import { QUARTER_HOUR_MS } from '../quarter-hours.ts';
import { withCurrent } from '../report/periods.ts';
import { type Report, tables } from '../report/report.ts';
import type { Cell, Table } from '../report/table.ts';
import type { DrawnChart } from './answer.ts';
import { marksOf } from './marks.ts';

export function drawingsOf(report: Report, notes: readonly Note[]): Omit<DrawnChart, 'shapes'>[] {
  const marks = marksOf(report, notes);
  return tables(report).flatMap((table) =>
    table.charts.map(({ kind, title, series }, index) => ({
      id: index === 0 ? table.id : `${table.id}-${index + 1}`,
      tableId: table.id,
      drawing: {
        kind,
        title: title === '' ? table.title : `${table.title}: ${title.toLowerCase()}`,
        labels: table.soFar ? [...report.periods.labels, report.periods.end] : report.periods.labels,
        series: series.map((name) => ({
          ...{ name, colour: colourOf(name) },
          values: column(table, name, report),
        })),
        marks,
        isLastIncomplete: table.soFar !== undefined,
      },
    })),
  );
}

/** Null for a period that had ended before the first report: nothing was received, which isn't 0. */
function column(
  { columns, rows, soFar }: Table,
  name: string,
  { periods, since }: Report,
): (number | null)[] {
  const at = columns.indexOf(name);
  const { bounds } = withCurrent(periods);
  return (soFar ? [...rows, soFar] : rows).map((row, index) => {
    const end = (bounds[index + 1] as number) * QUARTER_HOUR_MS;
    return since === null || end <= since ? null : numberIn(row[at]);
  });
}

function numberIn(cell: Cell | undefined): number | null {
  if (typeof cell === 'number') return cell;
  return typeof cell === 'object' && cell !== null ? cell.count : null;
}
