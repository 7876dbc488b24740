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
import { DAY_MS, filtered } from './chunk.ts';
import { columnsOf, values } from './columns.ts';

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
 * generation counts as built only when the last old chunk is gone, and nothing is added to the rollups until then.
 */
export function startRebuild(database: DatabaseSync): void {
  const generation = readMeta(database, 'rollup_generation');
  // Somebody may have asked to be forgotten: their bytes are overwritten, not only unlinked.
  database.exec('PRAGMA secure_delete = ON');
  const old = transaction(database, () => resetWatermark(database));
  if (!old) return;
  removeChunks(database, old);
  removeForgotten(database);
  transaction(database, () => writeMeta(database, 'rollup_built_generation', generation));
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

function removeForgotten(database: DatabaseSync): void {
  const kept = database.prepare('SELECT id FROM rollup_chunk').all();
  if (kept.length === 0) return;
  const ids = database.prepare('SELECT id FROM person ORDER BY id').all();
  const persons = new Set(ids.map(({ id }) => id));
  // Whoever is not among them now never comes back, but somebody new may.
  const newest = Math.max(0, ...ids.slice(-1).map(({ id }) => id as number));
  const isThere = (person: number) => person > newest || persons.has(person);
  for (const { id } of kept) transaction(database, () => filterChunk(database, id as number, isThere));
}

function filterChunk(database: DatabaseSync, id: number, keep: (person: number) => boolean): void {
  const row = database.prepare('SELECT slot, person, project, shape FROM rollup_chunk WHERE id = ?').get(id);
  const columns = row && columnsOf(row);
  if (!columns || columns.person.every(keep)) return;
  database
    .prepare('UPDATE rollup_chunk SET rows = ?, slot = ?, person = ?, project = ?, shape = ? WHERE id = ?')
    .run(...values(filtered(columns, keep)), id);
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
