import { columnsOf } from '../../../protocol/columns.ts';
import { formatNumber } from '../format.ts';
import { againstUsual, columnTitle, howOften } from '../morning/cells.ts';
import { type Column, changeFromUsual, isBegun, type Matrix, verdict } from '../morning/matrix.ts';
import type { PeriodUnit } from '../periods.ts';
import { aligned } from './columns.ts';
import { sparkline } from './sparkline.ts';

/** The matrix in at most 9 lines of at most `width` characters, if that is 40 or more; with all bars that have room. */
export function matrixLines(matrix: Matrix, width: number): string[] {
  if (!isBegun(matrix)) return firstLines(matrix, width);
  return wideLines(matrix, width) ?? narrowLines(matrix, width);
}

/** Before the first period has ended: what there is so far, and no rows of dashes. */
function firstLines({ labels, columns }: Matrix, width: number): string[] {
  const label = labels.at(-1) ?? '';
  const wide = aligned([
    [label, ...columns.map(columnTitle)],
    ['so far', ...columns.map(countSoFar)],
  ]);
  if (isFitting(wide, width)) return wide;
  return aligned([[label.slice(5), 'so far'], ...columns.map((column) => [column.name, countSoFar(column)])]);
}

/** A column for each question; undefined if that is too wide. */
function wideLines({ unit, label, columns }: Matrix, width: number): string[] | undefined {
  const cells = (title: string, cell: (column: Column) => string) => [title, ...columns.map(cell)];
  const above = [
    cells(label, columnTitle),
    cells('users', ({ count }) => numberOrDash(count)),
    cells('how often', (column) => howOften(column, unit)),
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
function narrowLines(matrix: Matrix, width: number): string[] {
  const [inWords, inNumbers] = [oftenBriefly, oftenInNumbers].map((often) => narrowRows(matrix, often)) as [
    string[][],
    string[][],
  ];
  const upTo = (rows: string[][], count: number) =>
    aligned(
      rows.map((row) => row.slice(0, count)),
      1,
    );
  const choices = [upTo(inWords, 5), upTo(inWords, 4), upTo(inNumbers, 4)];
  const withBars = choices.find((lines) => roomBeside(lines, width) >= LEAST_BARS);
  if (!withBars) {
    const without = [...choices.slice(1), upTo(inNumbers, 2)];
    return without.find((lines) => isFitting(lines, width)) ?? upTo(inNumbers, 2);
  }
  const room = roomBeside(withBars, width);
  return withBars.map((line, index) => {
    const column = matrix.columns[index - 1];
    return column ? `${line.padEnd(width - room - 1)} ${sparkline(column.series, room)}` : line;
  });
}

function narrowRows({ columns, label, unit }: Matrix, often: typeof oftenBriefly): string[][] {
  return [
    [label.slice(5), 'users', 'often', 'usual', 'so far'],
    ...columns.map((column) => [
      column.name,
      numberOrDash(column.count),
      often(column, unit),
      usualBriefly(column),
      countSoFar(column),
    ]),
  ];
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

/** `once`, `2.6 d`, `100×`, `of 13,785`. */
function oftenBriefly(column: Column, unit: PeriodUnit): string {
  const { name, count } = column;
  if (count === null) return '–';
  if (name === 'installed') return count === 0 ? '–' : 'once';
  return name === 'projects'
    ? `of ${oftenInNumbers(column, unit)}`
    : `${oftenInNumbers(column, unit)}${name === 'used' ? '' : '×'}`;
}

/** The same where there is no room for words. */
function oftenInNumbers({ name, count, often }: Column, unit: PeriodUnit): string {
  if (count === null || often === null) return '–';
  if (name !== 'used') return formatNumber(often);
  if (unit === 'day') return '';
  return count === 0 ? '–' : `${(often / count).toFixed(1)} d`;
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
