/**
 * Starting the rollups anew (`rollup_generation` was counted up). Users and projects keep their numbers.
 *
 * What retention has dropped can't be read again, so the days before `raw_from` are kept. Events that arrived late for
 * those days are both in kept chunks and still in the log; `rollup_kept_before` and `rollup_kept_until` tell
 * {@link catchUp} not to count them twice: an event with a number up to the latter, received before the former, is
 * already there.
 */
import type { DatabaseSync } from 'node:sqlite';
import { DAY_MS } from '../../quarter-hours.ts';
import { readMeta, writeMeta } from '../meta.ts';
import { inTransaction } from '../transaction.ts';

/**
 * Up to which number retention may drop raw events: those that a report doesn't need any more. None while a
 * rebuild reads them again.
 */
export function droppableUpTo(database: DatabaseSync): number {
  const watermark = readMeta(database, 'rollup_watermark');
  return watermark >= readMeta(database, 'rollup_kept_until') ? watermark : 0;
}

/** Chunks per transaction while old ones are removed: a few milliseconds. */
const CHUNKS_PER_TRANSACTION = 32;

export function needsRebuild(database: DatabaseSync): boolean {
  return readMeta(database, 'rollup_generation') !== readMeta(database, 'rollup_built_generation');
}

/**
 * Removes what is to be read again and sets the watermark back. Interrupted, it is simply started again: the
 * generation counts as built only when the last old chunk is gone, and nothing is added to the rollups until then.
 */
export function startRebuild(database: DatabaseSync): void {
  const generation = readMeta(database, 'rollup_generation');
  const old = inTransaction(database, () => resetWatermark(database));
  if (!old) return;
  removeChunks(database, old);
  inTransaction(database, () => writeMeta(database, 'rollup_built_generation', generation));
}

interface OldChunks {
  fromDay: number;
  newestId: number;
}

/** Returns which chunks are to be removed, undefined if another process has already done so. */
function resetWatermark(database: DatabaseSync): OldChunks | undefined {
  if (!needsRebuild(database)) return undefined;
  const watermark = readMeta(database, 'rollup_watermark');
  // An unfinished rebuild has not yet read again what it removed; what it kept is still all there is.
  if (watermark >= readMeta(database, 'rollup_kept_until')) {
    const rawFrom = readMeta(database, 'raw_from');
    writeMeta(database, 'rollup_kept_until', watermark);
    writeMeta(database, 'rollup_kept_before', rawFrom - (rawFrom % DAY_MS));
  }
  writeMeta(database, 'rollup_watermark', 0);
  const newest = database.prepare('SELECT max(id) AS id FROM rollup_chunk').get()?.id as number | null;
  return { fromDay: readMeta(database, 'rollup_kept_before') / DAY_MS, newestId: newest ?? 0 };
}

function removeChunks(database: DatabaseSync, { fromDay, newestId }: OldChunks): void {
  const remove = database.prepare(`
    DELETE FROM rollup_chunk
    WHERE id IN (SELECT id FROM rollup_chunk WHERE day >= ? AND id <= ? LIMIT ${CHUNKS_PER_TRANSACTION})`);
  while (remove.run(fromDay, newestId).changes > 0);
}
