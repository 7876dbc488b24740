import { setTimeout as pause } from 'node:timers/promises';
import { UUID_WINDOW } from '../store/known-uuids.ts';
import type { Store } from '../store/store.ts';

/** Milliseconds between chunks, for a server that receives meanwhile. */
const PAUSE = 5;

/**
 * Drops what is older than `age`, in milliseconds, and older than a repeated delivery can be, whose uuid has to be known.
 * Returns the line that tells of it. Throws SQLite's error.
 * @param upTo events with a higher number stay
 */
export async function dropOld(
  store: Pick<Store, 'dropRawBefore' | 'contradictedTime'>,
  age: number,
  upTo?: number,
): Promise<string> {
  const now = Date.now();
  const contradicted = store.contradictedTime(now, false);
  if (contradicted !== undefined) {
    return (
      `retention waits: the clock says ${iso(now)}, and before that it was ${iso(contradicted)}. ` +
      'If the clock is right, serve with --trust-clock once.'
    );
  }
  let dropped = 0;
  for (const events of store.dropRawBefore(now - Math.max(age, UUID_WINDOW), upTo)) {
    dropped += events;
    if (events > 0) await pause(PAUSE);
  }
  return `retention dropped ${dropped} raw events`;
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
