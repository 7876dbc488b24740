import { QUARTER_HOURS_PER_DAY } from '../quarter-hours.ts';
import type { Activity } from '../store/activity.ts';

/** The quarter hour of the first report of any kind from anywhere, also of those that are left out; null if there is none. */
export function firstReport({ chunks }: Activity): number | null {
  const filled = chunks.filter(({ rows }) => rows > 0);
  const day = filled.reduce((first, chunk) => Math.min(first, chunk.day), Number.POSITIVE_INFINITY);
  if (filled.length === 0) return null;
  const quarterHours = filled
    .filter((chunk) => chunk.day === day)
    .map(({ quarterHour }) => quarterHour.reduce((least, one) => Math.min(least, one)));
  return day * QUARTER_HOURS_PER_DAY + Math.min(...quarterHours);
}
