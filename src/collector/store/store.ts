/**
 * What the rest of the collector knows of the store: the log of received events, in the order of their numbers, and
 * what reports are calculated from. `openStore` has the one implementation; its SQL stays in this folder.
 *
 * Any number of processes may have the same store open. Every method throws SQLite's error if it fails, which
 * `sqlite-error.ts` tells apart, and has then changed nothing unless it says otherwise.
 */
import type { Activity } from './activity.ts';
import type { Event, NumberedEvent } from './event.ts';

/** What became of a batch. */
export interface Inserted {
  stored: number;
  /** Not stored, because an event with the same uuid already is. */
  duplicates: number;
}

/** What was removed, and from where. */
export interface Forgotten {
  /** Users of whom there was anything. */
  users: number;
  /** The ids of which there was nothing. */
  unknown: string[];
  /** Reports in the log. */
  events: number;
  projects: number;
  /** Reports in the rollups. */
  rollupRows: number;
  /** Combinations of version, system, context and deployment that no other report has. */
  words: number;
}

/** What is there of users who were forgotten; anything but 0 has arrived since. */
export interface Remains {
  events: number;
  users: number;
}

/** `done` of `total` event numbers; `total` grows if events arrive meanwhile. */
export type Progress = (done: number, total: number) => void;

/** Events received in `[from, to)`, milliseconds UTC; without a bound there is none. */
export interface TimeRange {
  from?: number | undefined;
  to?: number | undefined;
}

/** For those who watch a server. Times in milliseconds UTC. */
export interface StoreState {
  /** When the newest event was received; undefined if there is none. */
  newestEvent: number | undefined;
  /** How many event numbers the rollups are behind, and since which event; 0 and undefined if they aren't. */
  behind: number;
  behindSince: number | undefined;
}

export interface Store {
  /** Stores all events in one transaction. When it returns, they survive a crash and a power cut. */
  insert(events: readonly Event[]): Inserted;
  /** Is there no event at all? */
  isEmpty(): boolean;
  /**
   * Up to `limit` events with a number above `number`, in the order of their numbers. Numbers grow and are never used
   * again; some are missing where events were removed. A reader that remembers the last number reads everything once.
   */
  eventsSince(number: number, limit: number, range?: TimeRange): NumberedEvent[];
  /** The event's uuid, or one made of its number if it came without. Always the same for the same event. */
  uuidOf(event: NumberedEvent): Uint8Array;
  /** Is this an event that this very store has exported, and still has or has dropped by its age? */
  isOwnExport(event: Event): boolean;
  /**
   * Removes users with their projects and reports from the log and the rollups, words that only they have used, and the
   * bytes of all that from the files. Reports that arrive afterwards make new users.
   */
  forget(distinctIds: readonly string[], onProgress?: Progress): Forgotten;
  /** Looks for such users again, everywhere. */
  remainsOf(distinctIds: readonly string[]): Remains;
  /**
   * Undefined if `now` (milliseconds UTC) follows from what the store has seen of the clock; else the time that it is more
   * than a day after. It stays contradicted until `isConfirmed` is true once.
   */
  contradictedTime(now: number, isConfirmed: boolean): number | undefined;
  /**
   * Drops raw events that were received before the UTC day of `cutoffTime` (milliseconds UTC) and are in the rollups, a
   * chunk per iteration of the result, so that the caller can pause. Yields how many events each dropped.
   */
  dropRawBefore(cutoffTime: number, upTo?: number): Generator<number>;
  /** Brings the rollups up to the newest event, and returns its number. Interrupted, it goes on the next time. */
  catchUp(onProgress?: Progress): number;
  /** The same, after reading again all events that are there. */
  rebuild(onProgress?: Progress): number;
  /** Everything that reports need, up to the newest event, in memory: about 13 bytes per event. */
  activity(onProgress?: Progress): Activity;
  /**
   * Writes a consistent, compact, checked copy to `target` while events go on arriving. It appears when complete. What
   * the data directory holds beside the database goes along, and comes out of the copy when that is opened as a store.
   */
  backup(target: string): void;
  /** Takes about a millisecond. */
  state(): StoreState;
  /** False once the files were removed or replaced: nothing that is stored from then on will be there afterwards. */
  isInPlace(): boolean;
  /** Commits a few bytes as {@link Store.insert} does. `now`: milliseconds UTC. */
  probe(now: number): void;
  /** What is wrong with the files, a sentence each; `quick` leaves out what takes a long time on a large store. */
  check(options: { quick: boolean }): string[];
  /** Nothing else may be called afterwards. */
  close(): void;
}
