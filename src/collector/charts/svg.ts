/** A drawing → SVG, on the server. ECharts is loaded when the first one is drawn. */
import { patterns, type Scheme, withColours } from './colour.ts';
import { type Drawing, PLOT } from './drawing.ts';
import { escaped } from './escaped.ts';
import { keyLines } from './key.ts';
import { optionOf } from './option.ts';

/**
 * The shapes of a chart, without its key and without colours of its own: they are named `var(--series-1)` and so on,
 * so that the document's style sheet decides, in the dark and on paper too. Nothing in it is styled inline or has an
 * id of its own, so that a strict policy allows it and several can stand in one document.
 */
export async function chartShapes(drawing: Drawing): Promise<string> {
  const { init } = await import('./echarts.ts');
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: PLOT.width, height: PLOT.height });
  chart.setOption(optionOf(drawing));
  const svg = chart.renderToSVGString();
  chart.dispose();
  return shapesIn(svg);
}

/** What ECharts writes for its own script and style in a browser is left out; a tenth of a unit is fine enough. */
function shapesIn(svg: string): string {
  return svg
    .replace(/^<svg[^>]*>|<\/svg>\s*$/g, '')
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<defs ?>[\s\S]*?<\/defs>/g, '')
    .replace(
      / (?:ecmeta_\w+|class|style|pointer-events|clip-path|xml:space|stroke-linejoin|stroke-miterlimit|paint-order)="[^"]*"/g,
      '',
    )
    .replace(/<rect width="\d+" height="\d+" x="0" y="0" fill="none"><\/rect>|<path d="" [^>]*><\/path>/g, '')
    .replace(/ (?:d|transform)="[^"]*"/g, (attribute) => attribute.replace(/-?\d+\.\d{2,}/g, rounded))
    .replace(/<path [^>]*fill="none"[^>]* stroke-width="0"[^>]*><\/path>|<g><\/g>/g, '')
    .replace(/(?<= d=")M[L\d. -]{99,}(?=Z?")/g, relative)
    .replace(/><\/(?:path|rect|circle|line|polyline)>/g, '/>')
    .replace(/>\s+</g, '><')
    .trim();
}

function rounded(number: string): string {
  return String(Math.round(Number(number) * 10) / 10);
}

/** The same way, each point from the one before, level steps as one: a third of the size, which a year of days needs. */
function relative(way: string): string {
  // In tenths, so that roundings don't add up.
  const numbers = way.match(/-?[\d.]+/g)?.map((number) => Math.round(10 * Number(number))) ?? [];
  const steps: [number, number][] = [];
  for (let at = 2; at < numbers.length; at += 2) {
    const step: [number, number] = [
      (numbers[at] as number) - (numbers[at - 2] as number),
      (numbers[at + 1] as number) - (numbers[at - 1] as number),
    ];
    const before = steps.at(-1);
    if (before && before[1] === 0 && step[1] === 0 && before[0] * step[0] > 0) before[0] += step[0];
    else steps.push(step);
  }
  const text = steps
    .flat()
    .map((tenths) => (tenths < 0 ? '' : ' ') + String(tenths / 10).replace(/^(-?)0\./, '$1.'))
    .join('');
  return `m${(numbers[0] as number) / 10} ${(numbers[1] as number) / 10}l${text.trimStart()}`;
}

/** The chart as a picture on its own: with title, key, colours and patterns; for a file, a mail, a PNG. */
export function chartPicture(drawing: Drawing, shapes: string, scheme: Scheme = 'light'): string {
  // The room for the words of marks is given up where there are none.
  const head = drawing.marks.length === 0 ? 10 : 34;
  const key = keyLines(drawing.series, PLOT.width - 32);
  const height = head + PLOT.height + 18 * key.height + 14;
  const body =
    `<rect width="${PLOT.width}" height="${height}" fill="var(--surface)"/>` +
    `<text x="16" y="22" font-size="15" font-weight="bold" fill="var(--text)">${escaped(drawing.title)}</text>` +
    `<g transform="translate(0 ${head})">${shapes}</g>` +
    `<g transform="translate(16 ${head + PLOT.height + 12})">${key.markup}</g>`;
  const markup =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${PLOT.width} ${height}" width="${PLOT.width}" ` +
    `height="${height}" font-family="DejaVu Sans, Verdana, sans-serif" font-size="12">` +
    `<defs>${patterns(body)}</defs>${body}</svg>`;
  return withColours(markup, scheme);
}
