const ISO_UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;

/** Milliseconds since the epoch, or undefined if `text` is no ISO 8601 UTC time (up to nanoseconds, as the real Wasp writes). */
export function parseIsoTime(text: unknown): number | undefined {
  if (typeof text !== 'string' || !ISO_UTC.test(text)) return undefined;
  const time = Date.parse(text);
  if (Number.isNaN(time)) return undefined;
  // Date.parse takes 30 February for 2 March, and 24:00 for the next day.
  return new Date(time).toISOString().slice(0, 19) === text.slice(0, 19) ? time : undefined;
}
