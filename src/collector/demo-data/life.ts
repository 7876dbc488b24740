/** What makes one day unlike another: the week, holidays, a launch, an outage. Days are numbered from the year's first. */

/** Of a year of 365 days; the launch and the outage lie in its last twelve weeks, which a report shows. */
export const LAUNCH_DAY = 322;
const OUTAGE_DAY = 298;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** By weekday, Sunday first: how much is done. */
const WEEK = [0.5, 0.98, 1.06, 1.08, 1.02, 0.9, 0.46];
/** On the launch day and those after it: how many newcomers there are for each one otherwise. */
const LAUNCH = [5.5, 3.6, 2.2, 1.7, 1.4, 1.25, 1.15];

/** How much is done on the day that begins at `midnight` (milliseconds UTC). */
export function rhythm(midnight: number): number {
  const date = new Date(midnight);
  return (WEEK[date.getUTCDay()] as number) * holiday(date.toISOString().slice(5, 10));
}

/** @param day month and day, such as `12-24` */
function holiday(day: string): number {
  if (day >= '12-24' || day <= '01-01') return 0.4;
  return day >= '08-01' && day <= '08-20' ? 0.85 : 1;
}

/** How many newcomers there are on a day for each one that its rhythm alone would bring. */
export function rush(day: number): number {
  return LAUNCH[day - LAUNCH_DAY] ?? 1;
}

/** When nothing was received, because the receiver was down: from afternoon until the evening of the next day. */
export function outage(firstMidnight: number): { from: number; to: number } {
  const from = firstMidnight + OUTAGE_DAY * DAY + 14 * HOUR;
  return { from, to: from + 29 * HOUR };
}
