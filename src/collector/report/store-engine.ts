import type { Progress, Store } from '../store/store.ts';
import type { ReportEngine } from './engine.ts';
import { report } from './report.ts';

/** Hears of the events that have to be read before an answer can be calculated. */
export interface LoadListener {
  onProgress: Progress;
  onLoaded(): void;
}

/** Answers from a store, in this process. Closes the store at its end. */
export function storeEngine(
  store: Pick<Store, 'activity' | 'close'>,
  { onProgress, onLoaded }: LoadListener = { onProgress: () => {}, onLoaded: () => {} },
): ReportEngine {
  return {
    async report(options, names) {
      const activity = store.activity(onProgress);
      onLoaded();
      return report(activity, options, names);
    },
    async close() {
      onLoaded();
      store.close();
    },
  };
}
