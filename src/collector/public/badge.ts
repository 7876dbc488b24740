import { formatNumber } from '../report/format.ts';
import { HIDDEN, type published } from './published.ts';

const LABEL = 'Wasp users a week';
/** Of a character in the badge's font, at most, in pixels. */
const CHARACTER = 7;

/** A small SVG picture with the active users of the latest week. */
export function badge(active: ReturnType<typeof published>): string {
  const value = active === HIDDEN ? HIDDEN.replace('<', '&lt;') : `${formatNumber(active)}+`;
  const shown = active === HIDDEN ? HIDDEN.length : value.length;
  const [left, right] = [CHARACTER * LABEL.length + 10, CHARACTER * shown + 14];
  const text = (x: number, width: number, words: string) =>
    `<text x="${x + width / 2}" y="14" text-anchor="middle" fill="#fff">${words}</text>`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${LABEL}: ${value}" ` +
    `font-family="Verdana, DejaVu Sans, sans-serif" font-size="11"><title>${LABEL}: ${value}</title>` +
    `<rect width="${left}" height="20" fill="#44403c"/><rect x="${left}" width="${right}" height="20" fill="#1c6b54"/>` +
    `${text(0, left, LABEL)}${text(left, right, value)}</svg>\n`
  );
}
