import { wrapColumns } from '../../../protocol/columns.ts';
import { formatNumber } from '../format.ts';
import { type Cell, percentage, type Table } from '../table.ts';
import { folded } from './columns.ts';

/** A definition is read, not compared, and long lines are hard to read. */
const WIDEST_PROSE = 100;
/** In the place of a head without rows. */
const NOTHING = 'Nothing yet.';

/**
 * A table for a terminal so wide; folded into parts if it is wider. Periods and columns of which nothing is known are
 * left out.
 */
export function tableText({ title, definition, columns, rows, soFar }: Table, width: number): string {
  const all = soFar ? [...rows, ['so far', ...soFar.slice(1)]] : rows;
  const known = all.filter((row) => row.length < 2 || row.slice(1).some(isKnown));
  const shown = [...columns.keys()].filter(
    (column) => column === 0 || known.some((row) => isKnown(row[column])),
  );
  const above = [
    ...wrapColumns(title.toUpperCase(), width),
    ...wrapColumns(definition, Math.min(width, WIDEST_PROSE)),
  ];
  if (known.length === 0) return [...above, '', NOTHING].join('\n');
  const cells = [columns, ...known.map((row) => row.map(cellText))];
  return [
    ...above,
    ...folded(
      cells.map((row) => shown.map((column) => row[column] as string)),
      width,
    ).flatMap((lines) => ['', ...lines]),
  ].join('\n');
}

function isKnown(cell: Cell | undefined): boolean {
  return cell !== null && cell !== undefined;
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'object') return `${formatNumber(cell.count)} (${percentage(cell)})`;
  return typeof cell === 'number' ? formatNumber(cell) : cell;
}
