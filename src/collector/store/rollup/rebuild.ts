/**
 * Starting the rollups anew after events were removed (`rollup_generation` was counted up).
 *
 * What retention has dropped can't be read again, so the days before `raw_from` are kept, less the persons who
 * have been forgotten. Events that arrived late for those days are both in kept chunks and still in the event
 * table; `rollup_kept_before` and `rollup_kept_until` tell {@link catchUp} not to count them twice: an event
 * with an id up to the latter, received before the former, is already there.
 */
import type { DatabaseSync } from 'node:sqlite';
import { readMeta, writeMeta } from '../meta.ts';
import { columnsOf } from './catch-up.ts';
import { DAY_MS, filtered, toBytes } from './chunk.ts';

/**
 * Up to which event id retention may drop raw events: those that a report doesn't need any more. None while a
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
 * generation counts as built only when the last old chunk is gone.
 */
export function startRebuild(database: DatabaseSync): void {
  const generation = readMeta(database, 'rollup_generation');
  // Somebody may have asked to be forgotten: their bytes are overwritten, not only unlinked.
  database.exec('PRAGMA secure_delete = ON');
  const keptBefore = transaction(database, () => resetWatermark(database));
  removeChunks(database, keptBefore / DAY_MS);
  removeForgotten(database);
  transaction(database, () => writeMeta(database, 'rollup_built_generation', generation));
}

/** Returns the time before which chunks are kept, in milliseconds UTC, a midnight. */
function resetWatermark(database: DatabaseSync): number {
  const watermark = readMeta(database, 'rollup_watermark');
  // An unfinished rebuild has not yet read again what it removed; what it kept is still all there is.
  if (watermark >= readMeta(database, 'rollup_kept_until')) {
    const rawFrom = readMeta(database, 'raw_from');
    writeMeta(database, 'rollup_kept_until', watermark);
    writeMeta(database, 'rollup_kept_before', rawFrom - (rawFrom % DAY_MS));
  }
  writeMeta(database, 'rollup_watermark', 0);
  return readMeta(database, 'rollup_kept_before');
}

function removeChunks(database: DatabaseSync, fromDay: number): void {
  const remove = database.prepare(
    'DELETE FROM rollup_chunk WHERE id IN (SELECT id FROM rollup_chunk WHERE day >= ? LIMIT ?)',
  );
  while (remove.run(fromDay, CHUNKS_PER_TRANSACTION).changes > 0);
}

function removeForgotten(database: DatabaseSync): void {
  const kept = database.prepare('SELECT id FROM rollup_chunk ORDER BY id').all();
  if (kept.length === 0) return;
  const persons = new Set(
    database
      .prepare('SELECT id FROM person')
      .all()
      .map(({ id }) => id),
  );
  const read = database.prepare('SELECT slot, person, project, shape FROM rollup_chunk WHERE id = ?');
  const write = database.prepare(
    'UPDATE rollup_chunk SET rows = ?, slot = ?, person = ?, project = ?, shape = ? WHERE id = ?',
  );
  for (const { id } of kept) {
    const row = read.get(id as number);
    if (!row) continue;
    const columns = columnsOf(row);
    if (columns.person.every((person) => persons.has(person))) continue;
    const { slot, person, project, shape } = filtered(columns, (person) => persons.has(person));
    write.run(slot.length, slot, toBytes(person), toBytes(project), toBytes(shape), id as number);
  }
}

function transaction<T>(database: DatabaseSync, action: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = action();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
