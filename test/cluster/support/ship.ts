import { type ShipOptions, type Shipped, shipLog } from '../../../src/collector/clickhouse/ship-log.ts';

/** Ships all of a log in this process, once. */
export function shipEverything(
  options: Pick<ShipOptions, 'dataDir' | 'store' | 'address'>,
): Promise<Shipped> {
  return shipLog({ ...options, follow: false, signal: new AbortController().signal, onChange: () => {} });
}
