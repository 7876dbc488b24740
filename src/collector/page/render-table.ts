import { type Cell, percentage, type Table } from '../report/table.ts';
import { type Html, html } from './html.ts';

/** A table with its caption, row and column headers, in a box that scrolls on its own on a narrow screen. */
export function renderTable(table: Table): Html {
  const { id, title, columns, rows } = table;
  return html`
    <div class="scroll" role="region" aria-labelledby="${id}-caption" tabindex="0">
      <table id="${id}-table"${table.id === 'retention' ? html` class="heat"` : undefined}>
        <caption id="${id}-caption">${title}</caption>
        <thead><tr>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
        <tbody>${rows.map((row) => html`<tr>${row.map(renderCell)}</tr>`)}</tbody>
      </table>
    </div>`;
}

function renderCell(cell: Cell, column: number): Html {
  if (column === 0) return html`<th scope="row">${cell as string}</th>`;
  if (cell === null) return html`<td class="empty"></td>`;
  if (typeof cell === 'string') return html`<td>${cell}</td>`;
  if (typeof cell === 'number') return html`<td data-value="${cell}">${cell.toLocaleString('en')}</td>`;
  const shade = cell.of === 0 ? 0 : Math.ceil((10 * cell.count) / cell.of);
  return html`<td data-value="${cell.count}" class="shade-${shade}">${cell.count.toLocaleString('en')}
    <span class="share">${percentage(cell)}</span></td>`;
}
