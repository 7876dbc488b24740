import { isClickHouseAddress, parseAddress } from '../clickhouse/address.ts';
import type { ConnectionOptions } from '../clickhouse/server.ts';
import type { ReportEngine } from '../report/engine.ts';
import { storeEngine } from '../report/store-engine.ts';
import type { Activity } from '../store/activity.ts';
import type { Store } from '../store/store.ts';
import { openExistingStore } from './existing-store.ts';
import { progressOfRollups } from './progress-of-rollups.ts';

/**
 * What answers questions about `data`, the value of `--data`: a data directory, or the address of a ClickHouse.
 * @throws OperatorError
 */
export function openEngine(data: string, options: ConnectionOptions = {}): ReportEngine {
  if (isClickHouseAddress(data)) return lateEngine(data, options);
  const bar = progressOfRollups();
  return storeEngine(readOnce(openExistingStore(data)), {
    onProgress: bar.update,
    onLoaded: bar.stop,
  });
}

/** What a command asks, it asks of one state: a digest of three periods would read and keep the rollups three times. */
function readOnce(store: Store): Pick<Store, 'activity' | 'close'> {
  let activity: Activity | undefined;
  return {
    activity(onProgress) {
      activity ??= store.activity(onProgress);
      return activity;
    },
    close: () => store.close(),
  };
}

/** Loads the client of ClickHouse when it is needed. */
function lateEngine(data: string, options: ConnectionOptions): ReportEngine {
  let engine: Promise<ReportEngine> | undefined;
  const load = async () => {
    const { clickHouseEngine } = await import('../clickhouse/engine.ts');
    return clickHouseEngine(parseAddress(data), options);
  };
  return {
    async report(question, names) {
      engine ??= load();
      return (await engine).report(question, names);
    },
    close: async () => (await engine?.catch(() => undefined))?.close(),
  };
}
