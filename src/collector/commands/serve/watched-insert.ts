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
  failure(): 'disk_full' | 'store_failed' | undefined;
}

export function watchedInsert(store: Pick<Store, 'insert'>): WatchedInsert {
  let received: number | undefined;
  let failed: { name: 'disk_full' | 'store_failed'; at: number } | undefined;
  return {
    insert(events) {
      try {
        const inserted = store.insert(events);
        received = Date.now();
        failed = undefined;
        return inserted;
      } catch (error) {
        if (!isBusy(error)) {
          failed = { name: isDiskFull(error) ? 'disk_full' : 'store_failed', at: performance.now() };
        }
        throw error;
      }
    },
    received: () => received,
    failure: () => (failed && performance.now() - failed.at < REMEMBERED_FOR ? failed.name : undefined),
  };
}
