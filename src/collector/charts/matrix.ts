/** The morning's matrix as a picture: for a chat, a mail, a file. */
import { formatNumber } from '../report/format.ts';
import { againstUsual, columnTitle, howOften } from '../report/morning/cells.ts';
import { type Column, changeFromUsual, isBegun, type Matrix, verdict } from '../report/morning/matrix.ts';
import { colourOf, type Scheme, withColours } from './colour.ts';
import { escaped } from './escaped.ts';
import { sparkShapes } from './sparkline.ts';

/** In the picture's own units. */
export const MATRIX = { width: 720, height: 132, left: 21 } as const;
const CELL = 132;
const HEAD = 56;

/** A column for each question, without a title and without colours of its own (see `svg.ts`). */
function matrixShapes(matrix: Matrix): string {
  return matrix.columns.map((column, index) => cell(column, matrix, MATRIX.left + index * CELL)).join('');
}

/** Title and matrix on their own, complete. */
export function matrixPicture(matrix: Matrix, title: string, scheme: Scheme = 'light'): string {
  const height = HEAD + MATRIX.height;
  return withColours(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${MATRIX.width} ${height}" width="${MATRIX.width}" height="${height}" ` +
      `font-family="DejaVu Sans, Verdana, sans-serif" font-size="12">` +
      `<rect width="${MATRIX.width}" height="${height}" fill="var(--surface)"/>${titleAt(title)}` +
      `<g transform="translate(0 ${HEAD})">${matrixShapes(matrix)}</g></svg>`,
    scheme,
  );
}

/** The title above a matrix that begins at {@link HEAD}. */
function titleAt(title: string): string {
  return `<text x="${MATRIX.left}" y="36" font-size="20" font-weight="bold" fill="var(--text)">${escaped(title)}</text>`;
}

function cell(column: Column, matrix: Matrix, x: number): string {
  const text = (y: number, size: number, colour: string, words: string, weight = 'normal') =>
    `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="var(--${colour})">${escaped(words)}</text>`;
  const number = (count: number | null | undefined) =>
    text(42, 24, 'text', typeof count === 'number' ? formatNumber(count) : '–', 'bold');
  const title = columnTitle(column);
  if (!isBegun(matrix)) {
    return [text(14, 12, 'muted', title), number(column.series.at(-1)), text(60, 10, 'muted', 'so far')].join(
      '',
    );
  }
  const spark = { values: column.series, pace: column.pace, hue: colourOf(title).hue };
  return [
    text(14, 12, 'muted', title),
    number(column.count),
    text(60, 10, 'muted', howOften(column, matrix.unit)),
    text(76, 10, 'text', againstUsualInFull(column)),
    `<g transform="translate(${x} 82)">${sparkShapes(spark)}</g>`,
  ].join('');
}

/** `▲ 12 % above usual`: here no row's title says against what. */
function againstUsualInFull(column: Column): string {
  const said = verdict(column);
  const isNumber = (said === 'above' || said === 'below') && changeFromUsual(column) !== null;
  return `${againstUsual(column)}${isNumber ? ` ${said} usual` : ''}`;
}
