/**
 * Brings the rollups up to the newest event of the log.
 *
 * Rollups continue where they stopped: `rollup_watermark` is the highest number that they contain, and it moves in the
 * same transaction as the chunks that it stands for, and the users and projects that are new in them. A crash between
 * two batches repeats nothing and loses nothing. Batches are read and sorted outside of any transaction and written in
 * one that takes milliseconds, so that receiving hardly waits. Any number of processes may do this at once: a process
 * that finds that the watermark has moved meanwhile, or that something was removed, throws its batch away.
 *
 * Late events need no care: a chunk belongs to the day on which its events were received, whenever they arrive.
 */
import type { DatabaseSync } from 'node:sqlite';
import { writeMeta } from '../meta.ts';
import type { Progress } from '../store.ts';
import { inTransaction } from '../transaction.ts';
import { chunkWriter } from './chunk-writer.ts';
import { addIdentities, identified } from './identities.ts';
import { meaningReader } from './meanings.ts';
import { batchReader } from './read-batch.ts';
import { needsRebuild, startRebuild } from './rebuild.ts';
import { finishRemovals } from './remove-users.ts';
import { isSameState, rollupState } from './state.ts';

/** Events per transaction: about half a second of reading, then a write of some ten milliseconds. */
const BATCH = 250_000;

/**
 * Returns when every event that was there at the start is in the rollups, with the number of the newest of them.
 * Throws SQLite's errors.
 */
export function catchUp(database: DatabaseSync, onProgress: Progress = () => {}, batch = BATCH): number {
  const read = batchReader(database);
  const meaningsOf = meaningReader(database);
  const write = chunkWriter(database);
  const goal = newestNumber(database);
  for (;;) {
    // Looked at before each batch: a user may be forgotten at any time.
    if (needsRebuild(database)) startRebuild(database);
    finishRemovals(database);
    const before = rollupState(database);
    onProgress(Math.min(before.watermark, goal), goal);
    if (before.watermark >= goal) return goal;
    const events = read(before, Math.min(batch, goal - before.watermark));
    if (events.size === 0) return goal;
    const ids = identified(database, events);
    const groups = write.grouped(events, meaningsOf(events, before), ids);
    inTransaction(database, () => {
      // Anything else means that the batch may hold a user who was forgotten since, or numbers given twice.
      if (!isSameState(rollupState(database), before)) return;
      addIdentities(database, ids);
      for (const group of groups) write.store(group);
      writeMeta(database, 'rollup_watermark', events.last);
    });
  }
}

function newestNumber(database: DatabaseSync): number {
  return (database.prepare('SELECT max(id) AS id FROM log').get()?.id as number | null) ?? 0;
}
