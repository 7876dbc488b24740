import { type Cell, percentage, type Table } from '../report/table.ts';
import { type Html, html } from './html.ts';
import { writeQuestion } from './question.ts';
import type { View } from './view.ts';

/** More would make a year of days weigh megabytes; the others are a link away. */
const MOST_ROWS = 31;
const ROWS_OF_MORE = 14;
const MOST_COLUMNS = 16;

type Numbers = Pick<Table, 'id' | 'title' | 'columns' | 'rows'>;

/** A table with caption and headers, in a box that scrolls on its own on a narrow screen; its latest rows. */
export function renderTable(table: Numbers, { base, question }: Pick<View, 'base' | 'question'>): Html {
  const { id, columns, rows } = table;
  const isWhole = rows.length <= MOST_ROWS && columns.length <= MOST_COLUMNS;
  const part = {
    ...table,
    columns: columns.slice(0, MOST_COLUMNS),
    rows: rows.slice(rows.length > MOST_ROWS ? -ROWS_OF_MORE : 0).map((row) => row.slice(0, MOST_COLUMNS)),
  };
  return html`
    ${renderRows(part)}
    ${
      isWhole
        ? undefined
        : html`<p><a class="way" href="${base}/table/${id}?${writeQuestion(question)}">All ${rows.length} rows</a></p>`
    }`;
}

export function renderRows({ id, title, columns, rows }: Numbers): Html {
  return html`
    <section class="scroll" aria-label="Table of ${title}" tabindex="0">
      <table id="${id}-table"${id === 'retention' ? html` class="heat"` : undefined}>
        <caption>${title}</caption>
        <thead><tr>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
        <tbody>${rows.map((row) => html`<tr>${row.map(renderCell)}</tr>`)}</tbody>
      </table>
    </section>`;
}

function renderCell(cell: Cell, column: number): Html {
  if (column === 0) return html`<th scope="row">${cell as string}</th>`;
  if (cell === null) return html`<td class="empty"></td>`;
  if (typeof cell === 'string') return html`<td>${cell}</td>`;
  if (typeof cell === 'number') return html`<td>${cell.toLocaleString('en')}</td>`;
  const shade = cell.of === 0 ? 0 : Math.ceil((10 * cell.count) / cell.of);
  return html`<td class="shade-${shade}">${cell.count.toLocaleString('en')} <span class="share">${percentage(cell)}</span></td>`;
}
