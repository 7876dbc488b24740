import { columnsOf } from '../../../protocol/columns.ts';
import { formatNumber } from '../format.ts';
import { againstUsual, columnTitle, howOften } from '../morning/cells.ts';
import { type Column, changeFromUsual, type Matrix, verdict } from '../morning/matrix.ts';
import { aligned } from './columns.ts';
import { sparkline } from './sparkline.ts';

/** The matrix in at most 9 lines of at most `width` characters, if that is 40 or more; with all bars that have room. */
export function matrixLines(matrix: Matrix, width: number): string[] {
  return wideLines(matrix, width) ?? narrowLines(matrix, width);
}

/** A column for each question; undefined if that is too wide. */
function wideLines({ unit, label, columns }: Matrix, width: number): string[] | undefined {
  const cells = (title: string, cell: (column: Column) => string) => [title, ...columns.map(cell)];
  const above = [
    cells(label, columnTitle),
    cells('users', ({ count }) => numberOrDash(count)),
    cells('how often', howOften),
    cells(`${unit} before`, ({ before }) => numberOrDash(before)),
    cells('against usual', (column) => (column.usual === null ? '–' : againstUsual(column))),
  ];
  const bars = (most: number) => cells(`${unit}s`, ({ series }) => sparkline(series, most));
  const below = [
    [cells('so far', soFar)],
    [cells('so far', countSoFar), cells('at this pace', ({ pace }) => numberOrDash(pace))],
  ];
  const longest = (columns[0]?.series.length ?? 0) + 1;
  const choices = below.flatMap((rows) =>
    Array.from({ length: Math.max(0, longest - LEAST_BARS) + 1 }, (_, less) =>
      aligned([...above, bars(longest - less), ...rows]),
    ),
  );
  return choices.find((lines) => isFitting(lines, width));
}

function isFitting(lines: readonly string[], width: number): boolean {
  return lines.every((line) => columnsOf(line) <= width);
}

/** A line for each question: as many words as there is room for, bars first. */
function narrowLines({ columns, label }: Matrix, width: number): string[] {
  const rows = [
    [label.slice(5), 'users', 'often', 'usual', 'so far'],
    ...columns.map((column) => [
      column.name,
      numberOrDash(column.count),
      oftenBriefly(column),
      usualBriefly(column),
      countSoFar(column),
    ]),
  ];
  const upTo = (count: number) =>
    aligned(
      rows.map((row) => row.slice(0, count)),
      1,
    );
  const withBars = [5, 4].map(upTo).find((lines) => roomBeside(lines, width) >= LEAST_BARS);
  if (!withBars) return [4, 2].map(upTo).find((lines) => isFitting(lines, width)) ?? upTo(2);
  const room = roomBeside(withBars, width);
  return withBars.map((line, index) => {
    const column = columns[index - 1];
    return column ? `${line.padEnd(width - room - 1)} ${sparkline(column.series, room)}` : line;
  });
}

function roomBeside(lines: readonly string[], width: number): number {
  return width - 1 - Math.max(...lines.map((line) => columnsOf(line)));
}

/** With fewer bars nothing is seen in them. */
const LEAST_BARS = 5;

/** `120 → 430`. */
function soFar(column: Column): string {
  const count = countSoFar(column);
  return column.pace === null ? count : `${count} → ${formatNumber(column.pace)}`;
}

function countSoFar({ series }: Column): string {
  return numberOrDash(series.at(-1) ?? null);
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
