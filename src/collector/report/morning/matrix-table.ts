import type { Cell, Table } from '../table.ts';
import { COLUMNS, type Column, type Matrix } from './matrix.ts';

/** The matrix as a table, without its sparklines. */
export function matrixTable(matrix: Matrix): Table {
  const row = (title: string, cell: (column: Column) => Cell) => [title, ...matrix.columns.map(cell)];
  return {
    id: 'morning',
    title: `The ${matrix.unit} from ${matrix.label}`,
    definition:
      `Installations, users and new projects of the last complete ${matrix.unit}. Usual: the median of ` +
      `${matrix.unit === 'day' ? `the four ${matrix.like}s` : `the four ${matrix.unit}s`} before; within their range is as usual. ` +
      'An installation has an id of its own, so users can’t be told apart there.',
    columns: ['', ...COLUMNS],
    charts: [],
    rows: [
      row('users', ({ count }) => count),
      row('how often', ({ often }) => often),
      row(`${matrix.unit} before`, ({ before }) => before),
      row('usual: median', ({ usual }) => usual?.median ?? null),
      row('usual: lowest', ({ usual }) => usual?.low ?? null),
      row('usual: highest', ({ usual }) => usual?.high ?? null),
      row('so far', ({ series }) => series.at(-1) ?? null),
      row('so far, at this pace', ({ pace }) => pace),
    ],
  };
}
