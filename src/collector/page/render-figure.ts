import type { Table } from '../report/table.ts';
import type { DrawnChart } from './answer.ts';
import { type Html, html } from './html.ts';
import { writeQuestion } from './question.ts';
import { renderChart } from './render-chart.ts';
import { renderTable } from './render-table.ts';
import type { View } from './view.ts';

type Titled = Pick<Table, 'id' | 'title' | 'definition' | 'columns' | 'rows'>;

/** A figure as its charts; the table and the files behind them are one step away. */
export function renderFigure(
  table: Titled,
  charts: readonly DrawnChart[],
  view: View & { place: 'half' | 'alone' | 'wide' },
): Html {
  const { id, title, definition } = table;
  return html`
    <section class="figure ${view.place}" aria-labelledby="${id}">
      <h2 id="${id}">${title}</h2>
      <div class="charts">${charts.map((chart) => renderChart(chart, view))}</div>
      <p class="definition">${definition}</p>
      <div class="more">
        <details class="numbers"><summary>${title} as a table</summary>${renderTable(table, view)}</details>
        ${renderDownloads(
          table,
          charts.map((chart) => ({ id: chart.id, title: chart.drawing.title })),
          view,
        )}
      </div>
    </section>`;
}

/** A figure that is read as a table. */
export function renderTableDetails(table: Titled, view: View): Html {
  const { id, title, definition } = table;
  return html`
    <section class="figure" aria-labelledby="${id}">
      <h2 id="${id}">${title}</h2>
      <p class="definition">${definition}</p>
      ${renderTable(table, view)}
      <div class="more">${renderDownloads(table, [], view)}</div>
    </section>`;
}

/** A table's files and those of its pictures, as a small menu. */
export function renderDownloads(
  { id, title }: Pick<Table, 'id' | 'title'>,
  pictures: readonly Pick<Table, 'id' | 'title'>[],
  { base, question }: View,
): Html {
  const query = writeQuestion(question);
  const link = (kind: string, of: string, name: string) => html`
    <li><a href="${base}/${kind.toLowerCase()}/${of}.${kind.toLowerCase()}?${query}" download
      aria-label="${name} as ${kind}">${kind}</a></li>`;
  return html`
    <details class="files"><summary aria-label="Download ${title}">Download</summary>
      <ul>
        ${link('CSV', id, title)}${link('JSON', id, title)}
        ${pictures.map((picture) => [link('SVG', picture.id, picture.title), link('PNG', picture.id, picture.title)])}
      </ul>
    </details>`;
}
