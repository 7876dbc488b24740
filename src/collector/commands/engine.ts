import type { ReportEngine } from '../report/engine.ts';
import { storeEngine } from '../report/store-engine.ts';
import { openExistingStore } from './existing-store.ts';
import { progressOfRollups } from './progress-of-rollups.ts';

/** What answers questions about `data`, the value of `--data`: a data directory. Throws `OperatorError`. */
export function openEngine(data: string): ReportEngine {
  const bar = progressOfRollups();
  return storeEngine(openExistingStore(data), {
    onProgress: bar.update,
    onLoaded: bar.stop,
  });
}
