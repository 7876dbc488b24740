import type { Table } from '../report/table.ts';
import { type Html, html } from './html.ts';
import { type Question, writeQuestion } from './question.ts';
import { renderDocument } from './render-document.ts';
import { renderRows } from './render-table.ts';

/** Columns; a cohort per day for a year has more, which only the CSV can hold. */
const MOST_COLUMNS = 40;

/** A table with all its rows, on a page of its own. */
export function renderTablePage(table: Table, question: Question, base: string): Html {
  const { id, title, definition, columns, rows } = table;
  const query = writeQuestion(question);
  const part = {
    ...table,
    columns: columns.slice(0, MOST_COLUMNS),
    rows: rows.map((row) => row.slice(0, MOST_COLUMNS)),
  };
  const isWhole = columns.length <= MOST_COLUMNS;
  const body = html`
    <main>
      <h1>${title}</h1>
      <p class="definition">${definition}</p>
      <p><a class="way" href="${base}/?${query}#${id}">Back to the page</a>
        <a class="way" href="${base}/csv/${id}.csv?${query}" download>${isWhole ? 'CSV' : `CSV with all ${columns.length} columns`}</a></p>
      ${renderRows(part)}
    </main>`;
  return renderDocument(`${title} – Wasp in use`, body);
}
