import type { BootClock } from '../host/host.ts';
import { formatTime, parseTime } from '../host/time.ts';
import { PAUSE, slotState } from './slot.ts';

/** What a claim's file says. */
export interface Stamp {
  /** Milliseconds since the epoch. */
  readonly stamp: number;
  /** The boot clock at that moment, where there was one. */
  readonly clock?: BootClock;
}

/**
 * `<time> <boot id> <milliseconds since boot> <time in milliseconds>`; the time alone where there is no boot clock. The
 * boot clock's reading belongs to the time that it was noted with: where the first word has been changed since, by
 * hand for example, it says nothing any more.
 */
export function formatClaim({ stamp, clock }: Stamp): string {
  const time = formatTime(stamp);
  return clock ? `${time} ${clock.boot} ${clock.uptime} ${stamp}` : time;
}

/** The opposite of {@link formatClaim}; undefined if the text is something else. */
export function parseClaim(text: string | undefined): Stamp | undefined {
  const [time, boot, uptime, again] = (text ?? '').trim().split(' ');
  const stamp = parseTime(time);
  if (stamp === undefined) return undefined;
  const known = boot && Number(again) === stamp && /^-?\d+$/.test(uptime ?? '');
  return known ? { stamp, clock: { boot, uptime: Number(uptime) } } : { stamp };
}

/**
 * The end of a claim's pause, in milliseconds since the epoch; undefined if it is over. Within one boot, 12 hours must
 * have passed by the boot clock too: the other one may have been turned (docs/spec.md section 1).
 * @param clock asked for only if the time alone says that the pause is over
 */
export function pauseAfter(
  claim: Stamp | { readonly stamp: 'unclear' } | undefined,
  now: number,
  clock: () => BootClock | undefined,
): number | 'unclear' | undefined {
  if (!claim) return undefined;
  if (claim.stamp === 'unclear') return 'unclear';
  const state = slotState(claim.stamp, now);
  if (state === 'unclear') return state;
  if (state === 'paused') return claim.stamp + PAUSE;
  const left = claim.clock && leftOf(claim.clock, clock());
  if (left === 'unclear') return left;
  return left !== undefined && left >= 0 ? now + left : undefined;
}

/** Milliseconds until the pause is over by the boot clock, undefined if that was another boot's. */
function leftOf(then: BootClock, now: BootClock | undefined): number | 'unclear' | undefined {
  // It could be read when the claim was made, and can't now: /proc is hidden.
  if (!now) return 'unclear';
  if (now.boot !== then.boot) return undefined;
  const passed = now.uptime - then.uptime;
  // Some containers count from their own start: no one can know how long ago that claim was.
  return passed < 0 ? 'unclear' : PAUSE - passed;
}
