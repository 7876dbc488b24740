import { QUARTER_HOUR_MS } from '../../quarter-hours.ts';
import type { Report } from '../../report/report.ts';

/**
 * What has to be said if fewer periods have numbers than were `asked` for: a report is about no more of them, or they had
 * ended before the first report came. Undefined if none were asked for.
 */
export function limitText(
  { periods: { unit, count, bounds }, since }: Report,
  asked: number | undefined,
): string | undefined {
  if (asked === undefined) return undefined;
  if (asked > count) return `--last ${asked} is more than a report has; this one is about ${count} ${unit}s.`;
  const ends = bounds.slice(1, count + 1).map((quarterHour) => quarterHour * QUARTER_HOUR_MS);
  const known = since === null ? count : ends.filter((end) => end > since).length;
  if (since === null || known === count) return undefined;
  const first = new Date(since).toISOString().slice(0, 10);
  return `the first report came on ${first}; ${known} of ${asked} ${unit}s ${known === 1 ? 'has' : 'have'} numbers.`;
}
