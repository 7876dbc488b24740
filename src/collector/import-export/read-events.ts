import type { NumberedEvent } from '../store/event.ts';
import type { Store, TimeRange } from '../store/store.ts';

/** Events per query: a read transaction that lasted for the whole export would keep the write-ahead log growing. */
const PAGE = 5000;

/** All events of this time, in the order of their numbers. */
export function* readEvents(
  store: Pick<Store, 'eventsSince'>,
  range: TimeRange = {},
): Generator<NumberedEvent> {
  let events: NumberedEvent[];
  let last = 0;
  do {
    events = store.eventsSince(last, PAGE, range);
    yield* events;
    last = events.at(-1)?.number ?? last;
  } while (events.length === PAGE);
}
