/** What the store says about itself, for those who watch a server. */
import type { DatabaseSync } from 'node:sqlite';
import { readMeta, writeMeta } from './meta.ts';
import type { StoreState } from './store.ts';
import { inTransaction } from './transaction.ts';

/** Among the newest events by number, the newest by time: an import may have come last. */
const NEWEST = 1000;

/** Takes about a millisecond at any size. */
export function stateOf(database: DatabaseSync): StoreState {
  const watermark = readMeta(database, 'rollup_watermark');
  const last = database.prepare('SELECT max(id) AS id FROM log').get()?.id as number | null;
  const waiting = database
    .prepare('SELECT received_at FROM log WHERE id > ? ORDER BY id LIMIT 1')
    .get(watermark);
  const newest = `SELECT max(received_at) AS time FROM (SELECT received_at FROM log ORDER BY id DESC LIMIT ${NEWEST})`;
  return {
    newestEvent: (database.prepare(newest).get()?.time as number | null) ?? undefined,
    behind: waiting === undefined ? 0 : (last ?? 0) - watermark,
    behindSince: waiting?.received_at as number | undefined,
  };
}

/** Commits a few bytes as a report's commit does. Throws SQLite's error if that fails. */
export function probe(database: DatabaseSync, now: number): void {
  inTransaction(database, () => writeMeta(database, 'probed_at', now));
}
