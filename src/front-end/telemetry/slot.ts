/** The two things that are reported, each at most once in 12 hours and project (docs/spec.md section 1). */
export type Slot = 'build' | 'other';

export const SLOTS: readonly Slot[] = ['other', 'build'];

/** After a report the slot is closed for this long, in milliseconds. */
export const PAUSE = 12 * 60 * 60 * 1000;

/** After an attempt of which no byte left the machine, the slot opens again after this long, in milliseconds. */
export const RETRY_AFTER = 15 * 60 * 1000;

/** `build` for exactly `wasp build`. */
export function slotOf(argv: readonly string[]): Slot {
  return argv.length === 1 && argv[0] === 'build' ? 'build' : 'other';
}

/**
 * What a slot's last stamp says now.
 * - `open`: never used, or more than 12 hours ago.
 * - `paused`: used within the last 12 hours.
 * - `unclear`: stamped in the future. The clock has been changed, and it is unknown when the report really was.
 */
export function slotState(stamp: number | undefined, now: number): 'open' | 'paused' | 'unclear' {
  if (stamp === undefined) return 'open';
  if (stamp > now) return 'unclear';
  return now - stamp > PAUSE ? 'open' : 'paused';
}
