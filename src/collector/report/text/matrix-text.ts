import { columnsOf } from '../../../protocol/columns.ts';
import { formatNumber } from '../format.ts';
import { againstUsual, howOften } from '../morning/cells.ts';
import { type Column, changeFromUsual, type Matrix, verdict } from '../morning/matrix.ts';
import { aligned } from './columns.ts';
import { sparkline } from './sparkline.ts';

/** The matrix in at most 8 lines of at most `width` characters, if that is 40 or more. */
export function matrixLines(matrix: Matrix, width: number): string[] {
  const wide = wideLines(matrix);
  return isFitting(wide, width) ? wide : narrowLines(matrix, width);
}

function isFitting(lines: readonly string[], width: number): boolean {
  return lines.every((line) => columnsOf(line) <= width);
}

/** A column for each question. */
function wideLines({ unit, label, columns }: Matrix): string[] {
  const cells = (title: string, cell: (column: Column) => string) => [title, ...columns.map(cell)];
  const rows = [
    cells(label, ({ name }) => name),
    cells('users', ({ count }) => numberOrDash(count)),
    cells('how often', howOften),
    cells(`${unit} before`, ({ before }) => numberOrDash(before)),
    cells('against usual', (column) => (column.usual === null ? '–' : againstUsual(column))),
    cells('so far', soFar),
  ];
  const bars = columns.map(({ series, name }, index) => {
    const width = Math.max(name.length, ...rows.map((row) => columnsOf(row[index + 1] ?? '')));
    return sparkline(series, width);
  });
  return aligned([...rows.slice(0, 5), [`${unit}s`, ...bars], ...rows.slice(5)]);
}

/** A line for each question, with fewer words. */
function narrowLines({ columns, label }: Matrix, width: number): string[] {
  const rows = [
    [label.slice(5), 'users', 'often', 'usual'],
    ...columns.map((column) => [
      column.name,
      numberOrDash(column.count),
      oftenBriefly(column),
      usualBriefly(column),
    ]),
  ];
  const lines = aligned(rows, 1);
  const longest = Math.max(...lines.map((line) => columnsOf(line)));
  const room = width - longest - 1;
  if (room < LEAST_BARS)
    return isFitting(lines, width)
      ? lines
      : aligned(
          rows.map((row) => row.slice(0, 2)),
          1,
        );
  return lines.map((line, index) => {
    const column = columns[index - 1];
    return column ? `${line.padEnd(longest)} ${sparkline(column.series, room)}` : line;
  });
}

/** With fewer bars nothing is seen in them. */
const LEAST_BARS = 5;

/** `120 → 430`. */
function soFar({ series, pace }: Column): string {
  const count = numberOrDash(series.at(-1) ?? null);
  return pace === null ? count : `${count} → ${formatNumber(pace)}`;
}

function oftenBriefly({ name, count, often }: Column): string {
  if (count === null || often === null) return '–';
  if (name === 'used') return count === 0 ? '–' : `${(often / count).toFixed(1)} d`;
  return name === 'projects' || name === 'installed' ? formatNumber(often) : `${formatNumber(often)}×`;
}

function usualBriefly(column: Column): string {
  const said = verdict(column);
  if (said === 'unknown') return '–';
  if (said === 'usual') return 'usual';
  const change = changeFromUsual(column);
  return `${said === 'above' ? '▲' : '▼'}${change === null ? '' : ` ${Math.abs(change)} %`}`;
}

function numberOrDash(value: number | null): string {
  return value === null ? '–' : formatNumber(value);
}
