const BARS = '▁▂▃▄▅▆▇█';

/**
 * The latest of these numbers as bars, from 0 to the highest, in at most `width` characters: complete periods, then `·`
 * and the period so far. Blank where there is no number.
 */
export function sparkline(series: readonly (number | null)[], width: number): string {
  const shown = series.slice(-Math.max(width - 1, 2));
  const most = Math.max(...shown.map((value) => value ?? 0));
  const bars = shown.map((value) => {
    if (value === null) return ' ';
    const height = most === 0 ? 0 : Math.round(((BARS.length - 1) * value) / most);
    return BARS[height] as string;
  });
  return `${bars.slice(0, -1).join('')}·${bars.at(-1)}`;
}
