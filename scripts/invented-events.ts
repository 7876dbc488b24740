import { demoYear } from '../src/collector/demo-data/year.ts';
import type { Store } from '../src/collector/store/open-store.ts';

/** Events of a year at scale 1, a few less than there are with any seed. */
const EVENTS_PER_SCALE = 145_000;

/** Stores exactly that many events of an invented year that ends at `until`, a time in milliseconds UTC. */
export function insertInvented(
  store: Store,
  events: number,
  { seed = 1, until = Date.now() }: { seed?: number; until?: number } = {},
): void {
  let stored = 0;
  if (events > 0) {
    for (const day of demoYear({ seed, scale: events / EVENTS_PER_SCALE, until })) {
      if (stored < events) stored += store.insert(day.slice(0, events - stored)).stored;
    }
  }
  if (stored < events) throw new Error(`only ${stored} of ${events} events were invented`);
}
