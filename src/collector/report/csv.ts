import { stringify } from 'csv-stringify/sync';
import { type Cell, percentage, type Table } from './table.ts';

/**
 * One table as CSV (RFC 4180). A share becomes two columns, its count and its percentage; what isn't known yet
 * is empty.
 */
export function tableCsv({ columns, rows }: Table): string {
  const isShare = columns.map((_, index) =>
    rows.some((row) => typeof row[index] === 'object' && row[index] !== null),
  );
  const header = columns.flatMap((name, index) => (isShare[index] ? [name, `${name} (%)`] : [name]));
  const lines = rows.map((row) =>
    row.flatMap((cell, index) => (isShare[index] ? shareCells(cell) : [plain(cell)])),
  );
  // A spreadsheet would run a cell that begins like a formula, and versions come from strangers.
  return stringify([header, ...lines], { escape_formulas: true });
}

function shareCells(cell: Cell): (string | number)[] {
  if (cell === null || typeof cell !== 'object') return [plain(cell), ''];
  return [cell.count, cell.of === 0 ? '' : percentage(cell).replace(' %', '')];
}

function plain(cell: Cell): string | number {
  return cell === null || typeof cell === 'object' ? '' : cell;
}
