import { DAY_MS } from '../../quarter-hours.ts';

export interface ClockDoubt {
  /** For `/health`. */
  name: 'clock_behind_newest_event' | 'newest_event_is_old';
  /** For the operator. */
  sentence: string;
}

/** Milliseconds by which an event may be ahead: clocks of machines that agree, with an import from one that didn't quite. */
const AHEAD = 3600_000;

/**
 * What a clock and the newest event have against each other, if anything; both in milliseconds UTC. Reports bear the
 * clock's time, and retention goes by it.
 */
export function clockDoubt(newestEvent: number | undefined, now: number): ClockDoubt | undefined {
  if (newestEvent === undefined) return undefined;
  const facts = `the clock says ${iso(now)}, the newest event is of ${iso(newestEvent)}`;
  if (newestEvent - now > AHEAD) {
    return {
      name: 'clock_behind_newest_event',
      sentence: `WARNING: ${facts}: the clock is behind, or it was ahead when that event came`,
    };
  }
  if (now - newestEvent <= DAY_MS) return undefined;
  return {
    name: 'newest_event_is_old',
    sentence: `WARNING: ${facts}: unless nothing was received in between, the clock is ahead`,
  };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
