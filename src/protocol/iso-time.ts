const ISO_UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;

/** Milliseconds since the epoch, or undefined if `text` is no ISO 8601 UTC time (up to nanoseconds, as the real Wasp writes). */
export function parseIsoTime(text: unknown): number | undefined {
  if (typeof text !== 'string' || !ISO_UTC.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
