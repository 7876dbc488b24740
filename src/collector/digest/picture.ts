/** The matrix and the main chart as one picture, for those who read the digest in a chat or a mail. */
import { colourOf, PAPER } from '../charts/colour.ts';
import { type Drawing, PLOT } from '../charts/drawing.ts';
import { MATRIX, matrixPicture } from '../charts/matrix.ts';
import { noteMarks } from '../charts/note-marks.ts';
import { pngOf } from '../charts/png.ts';
import { chartPicture, chartShapes } from '../charts/svg.ts';
import type { Note } from '../notes.ts';
import { QUARTER_HOUR_MS } from '../quarter-hours.ts';
import { AGE_GROUPS } from '../report/figures/active-users.ts';
import { withCurrent } from '../report/periods.ts';
import type { Report } from '../report/report.ts';
import type { Digest, Part } from './digest.ts';

/** Pixels; twice the picture's own units, for sharp screens. */
const WIDTH = 1440;

/** A PNG, 1440 pixels wide. */
export async function digestPicture(digest: Digest): Promise<Uint8Array> {
  return pngOf(await digestSvg(digest), WIDTH);
}

async function digestSvg({ title, parts, report, notes }: Digest): Promise<string> {
  const { matrix } = parts.at(-1) as Part;
  const above = matrixPicture(matrix, title);
  const drawing = activeUsers(report, notes);
  const chart = chartPicture(drawing, await chartShapes(drawing));
  const top = heightOf(above);
  const height = top + heightOf(chart) * (MATRIX.width / PLOT.width) + 20;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${MATRIX.width} ${height}" width="${MATRIX.width}" height="${height}">` +
    `<rect width="${MATRIX.width}" height="${height}" fill="${PAPER.light.surface}"/>` +
    `${above}${nested(chart, top, MATRIX.width)}</svg>`
  );
}

/** Puts a picture of its own size below another one. */
function nested(svg: string, y: number, width: number): string {
  const height = (heightOf(svg) * width) / PLOT.width;
  return svg
    .replace(/^<svg /, `<svg y="${y}" `)
    .replace(/ width="\d+" height="\d+"/, ` width="${width}" height="${height}"`);
}

function heightOf(svg: string): number {
  return Number(/viewBox="0 0 \d+ (\d+)"/.exec(svg)?.[1]);
}

function activeUsers({ figures, soFar, periods, since, now }: Report, notes: readonly Note[]): Drawing {
  const rows = [...(figures['active-users'] ?? []), ...(soFar['active-users'] ?? [])];
  const all = withCurrent(periods);
  const { bounds, labels } = all;
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
    marks: noteMarks(notes, all),
    isLastIncomplete: now < (bounds.at(-1) as number) * QUARTER_HOUR_MS,
  };
}
