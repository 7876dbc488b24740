/**
 * Reports know times to the quarter hour. Every time zone in use today is a multiple of 15 minutes away from UTC, in
 * summer and winter, so a period of any of them begins and ends between two quarter hours, and counting quarter hours
 * counts exactly.
 */

/** One quarter hour, in milliseconds. */
export const QUARTER_HOUR_MS = 15 * 60 * 1000;
export const QUARTER_HOURS_PER_DAY = 96;
/** 24 hours, in milliseconds. */
export const DAY_MS = QUARTER_HOUR_MS * QUARTER_HOURS_PER_DAY;
