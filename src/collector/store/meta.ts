/**
 * Facts about the whole store, one row each.
 *
 * - `rollup_generation`: counts up whenever the rollups are to be made anew from the log.
 * - `rollup_built_generation`: the generation from which the rollups were built.
 * - `removals`: counts up whenever a user or words were removed, so that other processes throw away what they remember.
 * - `raw_from`: milliseconds UTC; raw events received before it may have been dropped by retention. A rebuild
 *   must keep what rollups say about the time before. 0: nothing was ever dropped.
 * - `export_tag`: nine random bytes, by which `import` recognises what this store exported (`exported-uuid.ts`).
 * - `rollup_watermark`: the highest number of an event that is in the rollups. Retention never drops one above it.
 * - `rollup_kept_before`, `rollup_kept_until`: what the latest rebuild kept instead of reading it again, see
 *   `rollup/rebuild.ts`.
 * - `probed_at`: written by `/health` to see whether it can be.
 * - `clock_seen`, `clock_doubted`: see `clock.ts`.
 * - `compact_due`: 1 if the file's free pages may hold what was removed; see `open-database.ts`.
 */
import type { DatabaseSync } from 'node:sqlite';

export type MetaKey =
  | 'rollup_generation'
  | 'removals'
  | 'probed_at'
  | 'compact_due'
  | 'clock_seen'
  | 'clock_doubted'
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

/** Counts up, in the caller's transaction. */
export function bump(database: DatabaseSync, key: 'rollup_generation' | 'removals'): void {
  writeMeta(database, key, readMeta(database, key) + 1);
}
