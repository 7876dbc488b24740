import { QUARTER_HOUR_MS, QUARTER_HOURS_PER_DAY } from '../quarter-hours.ts';
import type { Activity } from '../store/activity.ts';
import type { Chunk } from '../store/rollup/chunk.ts';

/** What had been received by `now` (milliseconds UTC), up to the end of its quarter hour. */
export function activityUntil(activity: Activity, now: number): Activity {
  const last = Math.floor(now / QUARTER_HOUR_MS);
  const day = Math.floor(last / QUARTER_HOURS_PER_DAY);
  const chunks = activity.chunks
    .filter((chunk) => chunk.day <= day)
    .map((chunk) => (chunk.day === day ? chunkUntil(chunk, last % QUARTER_HOURS_PER_DAY) : chunk));
  return { ...activity, chunks };
}

/** Rows keep their order, which is that of users. */
function chunkUntil(chunk: Chunk, last: number): Chunk {
  const isWanted = (_: number, row: number) => (chunk.quarterHour[row] as number) <= last;
  const quarterHour = chunk.quarterHour.filter(isWanted);
  return {
    ...chunk,
    rows: quarterHour.length,
    quarterHour,
    user: chunk.user.filter(isWanted),
    project: chunk.project.filter(isWanted),
    dimensions: chunk.dimensions.filter(isWanted),
  };
}
