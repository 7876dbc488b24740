import { fillOf } from './colour.ts';
import type { Series } from './drawing.ts';
import { escaped } from './escaped.ts';

/** Which colour is what, in lines of at most `width`; `height` in lines. Text is taken as 7 wide a character. */
export function keyLines(series: readonly Series[], width: number): { markup: string; height: number } {
  let [x, line] = [0, 0];
  const parts = series.map(({ name, colour }) => {
    const size = 20 + 7 * name.length + 14;
    if (x > 0 && x + size > width) [x, line] = [0, line + 1];
    const part =
      `<g transform="translate(${x} ${18 * line})"><rect width="13" height="11" fill="${fillOf(colour)}"/>` +
      `<text x="19" y="10" fill="var(--muted)">${escaped(name)}</text></g>`;
    x += size;
    return part;
  });
  return { markup: parts.join(''), height: line + 1 };
}
