import type { DatabaseSync } from 'node:sqlite';
import { DAY_MS } from '../quarter-hours.ts';
import { dropNoter } from './dropped-events.ts';
import { exportedUuid, exportTag } from './exported-uuid.ts';
import { emptyJournal } from './journal.ts';
import { readMeta, writeMeta } from './meta.ts';
import { droppableUpTo } from './rollup/rebuild.ts';
import { inTransaction } from './transaction.ts';
import { removeUnusedWords } from './unused-words.ts';

/** Numbers that one transaction looks at: a few milliseconds, in which no report can be acknowledged. */
const CHUNK = 2000;

/**
 * Drops raw events that were received before the UTC day of `cutoffTime` (milliseconds UTC) and are in the rollups, a
 * chunk per iteration of the result: the caller pauses between chunks. Yields how many events each dropped. Whole
 * days only, because a rebuild keeps what rollups hold of a day or reads it again, not half of each. At the end goes
 * what only dropped events have said.
 */
export function* dropRawBefore(
  database: DatabaseSync,
  cutoffTime: number,
  upTo = Number.MAX_SAFE_INTEGER,
): Generator<number> {
  const cutoff = cutoffTime - (cutoffTime % DAY_MS);
  // First, so that a rebuild which starts in the middle doesn't take a half-dropped month for a quiet one.
  if (cutoff > readMeta(database, 'raw_from')) writeMeta(database, 'raw_from', cutoff);
  const range = database.prepare('SELECT min(id) AS first, max(id) AS last FROM log').get();
  const last = Math.min((range?.last as number | null) ?? 0, droppableUpTo(database), upTo);
  const drop = database.prepare('DELETE FROM log WHERE id BETWEEN ? AND ? AND received_at < ?');
  const tag = exportTag(database);
  const note = dropNoter(database, (number) => exportedUuid(tag, number));
  const find = database.prepare('SELECT 1 FROM log WHERE id BETWEEN ? AND ? AND received_at < ? LIMIT 1');
  for (let id = (range?.first as number | null) ?? 0; id <= last; id += CHUNK) {
    const chunk = [id, Math.min(id + CHUNK - 1, last), cutoff] as const;
    // Looking doesn't take the write lock, dropping nothing does.
    if (!find.get(...chunk)) continue;
    yield inTransaction(database, () => {
      note(...chunk);
      return Number(drop.run(...chunk).changes);
    });
  }
  removeUnusedWords(database);
  emptyJournal(database);
}
