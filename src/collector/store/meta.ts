/**
 * Facts about the whole store, one row each.
 *
 * - `rollup_generation`: counts up whenever events that count were removed, as when a person is forgotten, so that
 *   rollups, which only ever continue at the newest event, know that they must be rebuilt. Retention leaves it
 *   alone, since what it drops stays in the rollups; and so does an import of old events, since rollups put each
 *   into its own day.
 * - `raw_from`: milliseconds UTC; raw events received before it may have been dropped by retention. A rebuild
 *   must keep what rollups say about the time before. 0: nothing was ever dropped.
 * - `export_tag`: nine random bytes, by which `import` recognises what this store exported (`exported-uuid.ts`).
 * - `rollup_watermark`: the highest event id that is in the rollups. Retention never drops an event above it.
 * - `rollup_built_generation`: the generation from which the rollups were built.
 * - `rollup_kept_before`, `rollup_kept_until`: what the latest rebuild kept instead of reading it again, see
 *   `rollup/rebuild.ts`.
 */
import type { DatabaseSync } from 'node:sqlite';

export type MetaKey =
  | 'rollup_generation'
  | 'raw_from'
  | 'rollup_watermark'
  | 'rollup_built_generation'
  | 'rollup_kept_before'
  | 'rollup_kept_until';

/** The stored number, 0 if it was never set. */
export function readMeta(database: DatabaseSync, key: MetaKey): number {
  const row = database.prepare('SELECT value FROM meta WHERE key = ?').get(key);
  return (row?.value as number | undefined) ?? 0;
}

export function writeMeta(database: DatabaseSync, key: MetaKey, value: number): void {
  database
    .prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value')
    .run(key, value);
}

/** To be called in the transaction that removes events. */
export function bumpRollupGeneration(database: DatabaseSync): void {
  writeMeta(database, 'rollup_generation', readMeta(database, 'rollup_generation') + 1);
}
