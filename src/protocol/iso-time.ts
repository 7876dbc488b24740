const ISO_UTC = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):\d\d:\d\d(?:\.\d{1,9})?Z$/;
const DAY = 86_400_000;

/** Milliseconds since the epoch, or undefined if `text` is no ISO 8601 UTC time (up to nanoseconds, as the real Wasp writes). */
export function parseIsoTime(text: unknown): number | undefined {
  const parts = typeof text === 'string' ? ISO_UTC.exec(text) : null;
  if (!parts) return undefined;
  const time = Date.parse(parts[0]);
  if (Number.isNaN(time)) return undefined;
  // Date.parse takes 30 February for 2 March, and 24:00 for the next day. Without a Date, for which V8 would load the
  // time zone: every run comes by here.
  const [year, month, day, hour] = parts.slice(1).map(Number) as [number, number, number, number];
  const days = (Date.UTC(year, month, 1) - Date.UTC(year, month - 1, 1)) / DAY;
  return day <= days && hour < 24 ? time : undefined;
}
