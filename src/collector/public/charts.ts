import { colourOf } from '../charts/colour.ts';
import { chartPicture, chartShapes } from '../charts/svg.ts';
import type { Table } from '../report/table.ts';

/** A table's first chart as an SVG picture on its own. A hidden number is a gap. */
export async function tableChart({ title, columns, rows, charts }: Table): Promise<string> {
  const [chart] = charts;
  if (!chart) throw new Error(`There is no chart of ${title}.`);
  const drawing = {
    kind: chart.kind,
    title,
    labels: rows.map(([label]) => String(label)),
    series: chart.series.map((name) => ({
      ...{ name, colour: colourOf(name) },
      values: rows.map((row) => numberOf(row[columns.indexOf(name)])),
    })),
    ...{ marks: [], isLastIncomplete: false },
  };
  return chartPicture(drawing, await chartShapes(drawing));
}

function numberOf(cell: Table['rows'][number][number] | undefined): number | null {
  return typeof cell === 'number' ? cell : null;
}
