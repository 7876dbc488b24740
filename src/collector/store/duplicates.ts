/** Tells which events are stored already, by their uuids. */
import type { DatabaseSync } from 'node:sqlite';
import { windowStart } from './arrivals.ts';
import type { DroppedEvents } from './dropped-events.ts';
import type { Event } from './event.ts';
import { KnownUuids, UUID_WINDOW } from './known-uuids.ts';

export interface Duplicates {
  /** Reads what is there; before the first batch, and outside of a transaction, since it may take a second. */
  load(): void;
  /** Reads what other processes have appended since, in the batch's transaction. */
  noticeOthers(): void;
  /** The events that are new, each uuid once. */
  withoutKnown(events: readonly Event[]): readonly Event[];
  /** After the commit of such events, of which the last got number `last`. */
  committed(events: readonly Event[], last: number): void;
}

/** @param dropped undefined: only what came within {@link UUID_WINDOW} is known, and not all that was ever stored */
export function duplicates(
  database: DatabaseSync,
  clock: () => number,
  dropped: DroppedEvents | undefined,
): Duplicates {
  const everything = dropped !== undefined;
  const known = new KnownUuids(everything ? Number.POSITIVE_INFINITY : UUID_WINDOW);
  const read = database.prepare('SELECT uuid FROM log WHERE id > ? AND uuid IS NOT NULL');
  const newest = database.prepare('SELECT max(id) AS id FROM log');
  let seen: number | undefined;

  function readAfter(number: number): void {
    const end = (newest.get()?.id as number | null) ?? 0;
    const now = clock();
    for (const { uuid } of read.iterate(number)) known.add(uuid as Uint8Array, now);
    seen = Math.max(number, end);
  }

  return {
    load() {
      if (seen === undefined) readAfter(everything ? 0 : windowStart(database, clock()));
    },
    noticeOthers: () => readAfter(seen ?? 0),
    withoutKnown(events) {
      if (events.every(({ uuid }) => uuid === null)) return events;
      const batch = new Set<string>();
      return events.filter(({ uuid }) => {
        if (uuid === null) return true;
        const text = Buffer.from(uuid).toString('latin1');
        if (batch.has(text) || known.has(uuid) || dropped?.has({ uuid })) return false;
        batch.add(text);
        return true;
      });
    },
    committed(events, last) {
      const now = clock();
      for (const { uuid } of events) if (uuid) known.add(uuid, now);
      seen = last;
    },
  };
}
