import { messageOf } from '../errors.ts';
import type { Store } from '../store/store.ts';
import { newestNumber } from './newest-number.ts';
import { ClickHouseError } from './server.ts';

/** What shipping has done. */
export interface Shipped {
  /** Number of the last event that is in ClickHouse. */
  number: number;
  /** Events that wait to be shipped. */
  waiting: number;
  /** When the first of them was received, in milliseconds UTC; null if none waits. */
  waitingSince: number | null;
  /** Events sent by this run. */
  events: number;
  batches: number;
  retries: number;
  /** Null if the last batch went well. */
  lastError: ShippingError | null;
}

/** Why a batch, or shipping at all, failed. */
export interface ShippingError {
  /** For the journal. */
  sentence: string;
  /** One of few words, for metrics; see `ClickHouseError`. */
  reason: string;
}

export function shippingError(error: unknown): ShippingError {
  // What isn't ClickHouse's, its tables or the receiver's identity refuse.
  const reason = error instanceof ClickHouseError ? error.reason : 'refused';
  return { sentence: messageOf(error), reason };
}

/** The state of a run that begins after that number. */
export function nothingShipped(number: number): Shipped {
  return { number, waiting: 0, waitingSince: null, events: 0, batches: 0, retries: 0, lastError: null };
}

/** What waits when everything up to that number has been shipped. Takes less than a millisecond. */
export function waitingAfter(
  number: number,
  store: Pick<Store, 'eventsSince'>,
): Pick<Shipped, 'waiting' | 'waitingSince'> {
  const [next] = store.eventsSince(number, 1);
  return {
    waiting: next === undefined ? 0 : newestNumber(store) - next.number + 1,
    waitingSince: next?.receivedAt ?? null,
  };
}
