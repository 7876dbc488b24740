import { isBusy, isDiskFull } from '../../store/sqlite-error.ts';
import type { Store } from '../../store/store.ts';

/** Milliseconds after which a failed commit says nothing about the next one any more. */
const REMEMBERED_FOR = 60_000;

/** `insert`, and what became of it lately. */
export interface WatchedInsert {
  insert: Store['insert'];
  /** Milliseconds UTC of the latest report since the start, undefined before there is one. */
  received(): number | undefined;
  /** Why the latest commit failed, if it did, and not long ago. */
  failure(): Failure | undefined;
}

export type Failure = 'disk_full' | 'store_failed' | 'store_replaced';

/** What is written now would be gone with this process, so that it must not be acknowledged. */
class ReplacedError extends Error {
  override message =
    'its files were removed or replaced while it was open. Stop the server, look at the data directory, and start again';
}

export function watchedInsert(store: Pick<Store, 'insert' | 'isInPlace'>): WatchedInsert {
  let received: number | undefined;
  let failed: { name: Failure; at: number } | undefined;
  return {
    insert(events) {
      try {
        const inserted = store.insert(events);
        if (!store.isInPlace()) throw new ReplacedError();
        received = Date.now();
        failed = undefined;
        return inserted;
      } catch (error) {
        if (!isBusy(error)) failed = { name: nameOf(error), at: performance.now() };
        throw error;
      }
    },
    received: () => received,
    failure: () => (failed && performance.now() - failed.at < REMEMBERED_FOR ? failed.name : undefined),
  };
}

function nameOf(error: unknown): Failure {
  if (error instanceof ReplacedError) return 'store_replaced';
  return isDiskFull(error) ? 'disk_full' : 'store_failed';
}
