/**
 * Removes words that no event of the log has any more, and dimensions that no chunk has: versions, contexts, hosts that
 * only removed events named. What takes long is looked up outside of a transaction and checked inside of it.
 */
import type { DatabaseSync } from 'node:sqlite';
import { bump } from './meta.ts';
import { toNumbers } from './rollup/chunk.ts';
import { isSameState, rollupState } from './rollup/state.ts';
import { inTransaction } from './transaction.ts';

/** Returns how many combinations were removed from the log's words. */
export function removeUnusedWords(database: DatabaseSync): number {
  const removed = removeWords(database);
  while (!removeDimensions(database));
  return removed;
}

function removeWords(database: DatabaseSync): number {
  const newest = (database.prepare('SELECT max(id) AS id FROM log').get()?.id as number | null) ?? 0;
  const wordsIn = (range: string) =>
    database
      .prepare(`SELECT DISTINCT words FROM log WHERE id ${range} ?`)
      .all(newest)
      .map(({ words }) => words);
  const used = new Set(wordsIn('<='));
  return inTransaction(database, () => {
    for (const words of wordsIn('>')) used.add(words);
    return removeExcept(database, 'words', used);
  });
}

/** False if the rollups have moved on meanwhile, and it is to be done again. */
function removeDimensions(database: DatabaseSync): boolean {
  const before = rollupState(database);
  const used = new Set<unknown>();
  for (const { dimensions } of database.prepare('SELECT dimensions FROM rollup_chunk').iterate()) {
    for (const number of toNumbers(dimensions as Uint8Array)) used.add(number);
  }
  return inTransaction(database, () => {
    if (!isSameState(rollupState(database), before)) return false;
    removeExcept(database, 'rollup_dimensions', used);
    return true;
  });
}

function removeExcept(
  database: DatabaseSync,
  table: 'words' | 'rollup_dimensions',
  used: ReadonlySet<unknown>,
): number {
  const unused = database
    .prepare(`SELECT id FROM ${table}`)
    .all()
    .filter(({ id }) => !used.has(id));
  const remove = database.prepare(`DELETE FROM ${table} WHERE id = ?`);
  for (const { id } of unused) remove.run(id as number);
  if (unused.length > 0) bump(database, 'removals');
  return unused.length;
}
