/**
 * Takes users out of the rollups. `removed_user` holds the numbers of those who are still to be taken out; chunks are
 * written anew one by one, so that receiving hardly waits, and a process that was killed has the next one finish.
 */
import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from '../transaction.ts';
import { filtered, toNumbers } from './chunk.ts';
import { columnsOf, values } from './columns.ts';

export function removalsAreDue(database: DatabaseSync): boolean {
  return database.prepare('SELECT 1 FROM removed_user LIMIT 1').get() !== undefined;
}

/** Returns how many rows of chunks were theirs. */
export function finishRemovals(database: DatabaseSync): number {
  const users = new Set(
    database
      .prepare('SELECT user FROM removed_user')
      .all()
      .map(({ user }) => user as number),
  );
  if (users.size === 0) return 0;
  let removed = 0;
  for (const id of chunksWith(database, users)) {
    removed += inTransaction(database, () => filterChunk(database, id, (user) => !users.has(user)));
  }
  const done = database.prepare('DELETE FROM removed_user WHERE user = ?');
  inTransaction(database, () => {
    for (const user of users) done.run(user);
  });
  return removed;
}

/** No chunk gets rows of theirs from now on: what is written was read after they had left the log. */
function chunksWith(database: DatabaseSync, users: ReadonlySet<number>): number[] {
  const found: number[] = [];
  for (const { id, user } of database.prepare('SELECT id, user FROM rollup_chunk').iterate()) {
    if (toNumbers(user as Uint8Array).some((one) => users.has(one))) found.push(id as number);
  }
  return found;
}

/** A chunk without rows stays: it says nothing any more. */
function filterChunk(database: DatabaseSync, id: number, keep: (user: number) => boolean): number {
  const row = database
    .prepare('SELECT slot, user, project, dimensions FROM rollup_chunk WHERE id = ?')
    .get(id);
  if (!row) return 0;
  const before = columnsOf(row);
  const after = filtered(before, keep);
  database
    .prepare('UPDATE rollup_chunk SET rows = ?, slot = ?, user = ?, project = ?, dimensions = ? WHERE id = ?')
    .run(...values(after), id);
  return before.user.length - after.user.length;
}
