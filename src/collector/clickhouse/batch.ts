import { setImmediate as turn } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import type { NumberedEvent } from '../store/event.ts';
import type { Store } from '../store/store.ts';
import { eventLine } from './event-line.ts';

/** What is sent at once. */
export interface Batch {
  /** The lines of the events of each shard's users, one string per shard. */
  readonly lines: readonly string[];
  /** Events in the lines. */
  readonly count: number;
  /** The last event of the log that was looked at, whether it is sent or not; undefined if there is none. */
  readonly last: NumberedEvent | undefined;
  /** There may be more. */
  readonly isFull: boolean;
}

export interface BatchSource {
  store: Pick<Store, 'eventsSince' | 'uuidOf'>;
  /** The receiver's identity. */
  receiver: string;
  shards: number;
  /** Events of a batch, at most. */
  size: number;
  /** Events that stay here. */
  isLeftOut(event: NumberedEvent): boolean;
}

/** Events that are read in one go; between them the batch before goes on its way. */
const PAGE = 2_000;

/** The events of the log after that number. */
export async function batchAfter(number: number, source: BatchSource): Promise<Batch> {
  const { store, receiver, shards, size, isLeftOut } = source;
  const lines = Array.from({ length: shards }, () => [] as string[]);
  let [last, seen, count] = [undefined as NumberedEvent | undefined, 0, 0];
  for (let page = PAGE; page === PAGE && seen < size; ) {
    const events = store.eventsSince(last?.number ?? number, Math.min(PAGE, size - seen));
    for (const event of events) {
      if (isLeftOut(event)) continue;
      const uuid = Buffer.from(store.uuidOf(event)).toString('hex');
      lines[shardOf(event.distinctId, shards)]?.push(eventLine({ ...event, uuid }, receiver));
      count += 1;
    }
    page = events.length;
    seen += page;
    last = events.at(-1) ?? last;
    await turn();
  }
  return { lines: lines.map((own) => own.join('')), count, last, isFull: seen === size };
}

/** The index of the shard on which all events of a user lie. It may never change while the number of shards doesn't. */
function shardOf(distinctId: string, shards: number): number {
  return crc32(distinctId) % shards;
}
