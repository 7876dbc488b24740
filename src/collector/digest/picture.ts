/** The matrix and the main chart as one picture, for those who read the digest in a chat or a mail. */
import { colourOf, patterns, withColours } from '../charts/colour.ts';
import type { Drawing } from '../charts/drawing.ts';
import { PLOT } from '../charts/drawing.ts';
import { pngOf } from '../charts/png.ts';
import { sparkShapes } from '../charts/sparkline.ts';
import { chartPicture, chartShapes, escaped } from '../charts/svg.ts';
import { QUARTER_HOUR_MS } from '../quarter-hours.ts';
import { AGE_GROUPS } from '../report/figures/active-users.ts';
import { formatNumber } from '../report/format.ts';
import { againstUsual, columnTitle, howOften } from '../report/morning/cells.ts';
import type { Column } from '../report/morning/matrix.ts';
import { withCurrent } from '../report/periods.ts';
import type { Report } from '../report/report.ts';
import type { Digest, Part } from './digest.ts';

/** Pixels; twice the picture's own units, for sharp screens. */
const WIDTH = 1440;

const CELL = { width: 132, height: 132 } as const;
/** Where the chart's title begins too. */
const LEFT = 21;
const HEAD = 56;
const TOTAL = { width: 720, chart: 286 } as const;

/** A PNG, 1440 pixels wide. */
export async function digestPicture(digest: Digest): Promise<Uint8Array> {
  return pngOf(await digestSvg(digest), WIDTH);
}

async function digestSvg({ title, parts, report }: Digest): Promise<string> {
  const { matrix } = parts.at(-1) as Part;
  const cells = matrix.columns.map((column, index) => cell(column, LEFT + index * CELL.width));
  const drawing = activeUsers(report);
  const chart = chartPicture(drawing, await chartShapes(drawing));
  const height = HEAD + CELL.height + TOTAL.chart * (TOTAL.width / PLOT.width) + 20;
  const body =
    `<rect width="${TOTAL.width}" height="${height}" fill="var(--surface)"/>` +
    `<text x="${LEFT}" y="36" font-size="20" font-weight="bold" fill="var(--text)">${escaped(title)}</text>` +
    cells.join('') +
    nested(chart, 0, HEAD + CELL.height, TOTAL.width);
  return withColours(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${TOTAL.width} ${height}" width="${TOTAL.width}" height="${height}" ` +
      `font-family="DejaVu Sans, Verdana, sans-serif" font-size="12"><defs>${patterns(body)}</defs>${body}</svg>`,
    'light',
  );
}

function cell(column: Column, x: number): string {
  const text = (y: number, size: number, colour: string, words: string, weight = 'normal') =>
    `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="var(--${colour})">${escaped(words)}</text>`;
  const count = column.count === null ? '–' : formatNumber(column.count);
  return [
    text(HEAD + 14, 12, 'muted', columnTitle(column)),
    text(HEAD + 42, 24, 'text', count, 'bold'),
    text(HEAD + 60, 10, 'muted', howOften(column)),
    text(HEAD + 76, 10, 'text', againstUsual(column)),
    `<g transform="translate(${x} ${HEAD + 82})">${sparkShapes({ values: column.series, pace: column.pace, hue: colourOf(columnTitle(column)).hue })}</g>`,
  ].join('');
}

/** Puts a picture of its own size into another one. */
function nested(svg: string, x: number, y: number, width: number): string {
  const [, ratio = '1'] = /viewBox="0 0 \d+ (\d+)"/.exec(svg) ?? [];
  const height = (Number(ratio) * width) / PLOT.width;
  return svg
    .replace(/^<svg /, `<svg x="${x}" y="${y}" `)
    .replace(/ width="\d+" height="\d+"/, ` width="${width}" height="${height}"`);
}

function activeUsers({ figures, soFar, periods, since, now }: Report): Drawing {
  const rows = [...(figures['active-users'] ?? []), ...(soFar['active-users'] ?? [])];
  const { bounds, labels } = withCurrent(periods);
  const isKnown = (index: number) =>
    since !== null && (bounds[index + 1] as number) * QUARTER_HOUR_MS > since;
  return {
    kind: 'stack',
    title: `Active users per ${periods.unit}, by time since their first report`,
    labels,
    series: AGE_GROUPS.map((name, group) => ({
      ...{ name, colour: colourOf(name) },
      values: rows.map((row, index) => (isKnown(index) ? (row.byAge[group] as number) : null)),
    })),
    marks: [],
    isLastIncomplete: now < (bounds.at(-1) as number) * QUARTER_HOUR_MS,
  };
}
