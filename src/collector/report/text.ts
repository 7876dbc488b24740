import CliTable from 'cli-table3';
import { preamble } from './preamble.ts';
import { type Report, tables } from './report.ts';
import { type Cell, percentage, type Table } from './table.ts';

/** The whole report for a terminal: plain text, columns aligned, no colour. */
export function reportText(report: Report): string {
  const parts = [preamble(report).join('\n'), ...tables(report).map(tableText)];
  return `${parts.join('\n\n')}\n`;
}

function tableText({ title, definition, columns, rows }: Table): string {
  const grid = new CliTable({
    head: [...columns],
    colAligns: columns.map((_, index) => (index === 0 ? 'left' : 'right')),
    chars: NO_BORDERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
  });
  grid.push(...rows.map((row) => row.map(cellText)));
  const lines = grid
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  return [title.toUpperCase(), ...wrapped(definition), '', ...lines].join('\n');
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'object') return `${cell.count} (${percentage(cell)})`;
  return typeof cell === 'number' ? cell.toLocaleString('en') : cell;
}

/** Lines of at most 100 characters. */
function wrapped(text: string): string[] {
  return text.match(/.{1,100}(?:\s|$)/g)?.map((line) => line.trimEnd()) ?? [];
}

const NO_BORDERS = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
    'middle',
  ].map((name) => [name, '']),
);
