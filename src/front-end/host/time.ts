/** Times on disk are ISO 8601 in UTC; in the program they are milliseconds since the epoch. */

export { parseIsoTime as parseTime } from '../../protocol/iso-time.ts';

/** `2026-11-22T10:39:06.399Z` */
export function formatTime(time: number): string {
  return new Date(time).toISOString();
}

/** The user's own clock: `2026-11-22 10:39`. */
export function formatLocalTime(time: number): string {
  const date = new Date(time);
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
