import { PALETTE, PAPER, type Scheme } from '../charts/colour.ts';

/** The charts' colours as names for the style sheet; on paper they are those for light. */
export function variables(): string {
  return (
    `:root{${listed('light')}}\n` +
    `@media screen and (prefers-color-scheme:dark){:root{${listed('dark')}}}\n` +
    `@media print{${tints()}}\n`
  );
}

/** How much of its colour a shape keeps on paper in the place of a pattern, by the pattern's number, in percent. */
const TINTS = { 1: 62, 2: 35, 3: 80, 4: 12 };

/**
 * Instead of patterns, which Chromium prints as pictures, at 72 dots an inch and 8 MB for a page: paler, within an outline of the
 * full colour, which is dashed where the period isn't over.
 */
function tints(): string {
  const hues = PALETTE.light.map(
    (_, index) => `[fill^="url(#p${index + 1}-"]{--hue:var(--series-${index + 1})}`,
  );
  const pale = Object.entries(TINTS).map(
    ([pattern, percent]) =>
      `[fill^="url(#p"][fill$="-${pattern})"]{fill:color-mix(in srgb,var(--hue) ${percent}%,var(--surface));stroke:var(--hue)}`,
  );
  return [...hues, ...pale, '[fill^="url(#p"][fill$="-4)"]{stroke-dasharray:2 1.5}'].join('');
}

function listed(scheme: Scheme): string {
  const series = PALETTE[scheme].map((colour, index) => `--series-${index + 1}:${colour}`);
  const paper = Object.entries(PAPER[scheme]).map(([name, colour]) => `--${name}:${colour}`);
  return [...series, ...paper].join(';');
}
