import type { DatabaseSync } from 'node:sqlite';
import { emptyJournal } from './journal.ts';
import { bump } from './meta.ts';
import { catchUp } from './rollup/catch-up.ts';
import { userNumbers } from './rollup/identities.ts';
import { finishRemovals } from './rollup/remove-users.ts';
import { removeKeys } from './rollup/runs.ts';
import type { Forgotten, Progress, Remains } from './store.ts';
import { idText, storedId } from './stored-id.ts';
import { inTransaction } from './transaction.ts';
import { removeUnusedWords } from './unused-words.ts';

/** See {@link Store.forget}. */
export function forget(
  database: DatabaseSync,
  distinctIds: readonly string[],
  onProgress?: Progress,
): Forgotten {
  // So that everything of theirs has its number.
  catchUp(database, onProgress);
  want(database, distinctIds);
  // Looking through the whole log takes a second on ten million events. It happens before the write lock is taken,
  // since nothing is acknowledged while that is held; what arrives meanwhile has a higher number and is looked up
  // under it.
  const newest = (database.prepare('SELECT max(id) AS id FROM log').get()?.id as number | null) ?? 0;
  const found = eventsOf(database, 'id <= ?', newest);
  const removed = inTransaction(database, () => {
    const events = [...found, ...eventsOf(database, 'id > ?', newest)];
    const remove = database.prepare('DELETE FROM log WHERE id = ?');
    for (const { id } of events) remove.run(id);
    const numbers = userNumbers(database, distinctIds);
    const users = new Set(numbers.filter((number) => number > 0));
    const projects = removeNumbers(database, users);
    bump(database, 'removals');
    const known = new Set(events.map(({ distinctId }) => distinctId));
    distinctIds.forEach((id, index) => {
      if (numbers[index] !== 0) known.add(id);
    });
    return { known, events: events.length, projects };
  });
  const rollupRows = finishRemovals(database);
  const words = removeUnusedWords(database);
  // It still holds the old pages until they are copied back.
  emptyJournal(database);
  return {
    users: removed.known.size,
    unknown: distinctIds.filter((id) => !removed.known.has(id)),
    events: removed.events,
    projects: removed.projects,
    rollupRows,
    words,
  };
}

/** See {@link Store.remainsOf}. */
export function remainsOf(database: DatabaseSync, distinctIds: readonly string[]): Remains {
  want(database, distinctIds);
  return {
    events: eventsOf(database, 'id > ?', 0).length,
    users: userNumbers(database, distinctIds).filter((number) => number > 0).length,
  };
}

/** In memory: the ids that are looked for. */
function want(database: DatabaseSync, distinctIds: readonly string[]): void {
  database.exec(
    'CREATE TEMP TABLE IF NOT EXISTS wanted (id ANY PRIMARY KEY) STRICT; DELETE FROM temp.wanted',
  );
  const add = database.prepare('INSERT INTO temp.wanted VALUES (?) ON CONFLICT DO NOTHING');
  for (const id of distinctIds) add.run(storedId(id));
}

function eventsOf(database: DatabaseSync, condition: string, number: number) {
  return database
    .prepare(
      `SELECT id, distinct_id FROM log WHERE ${condition} AND distinct_id IN (SELECT id FROM temp.wanted)`,
    )
    .all(number)
    .map(({ id, distinct_id }) => ({
      id: id as number,
      distinctId: idText(distinct_id as Uint8Array | string),
    }));
}

/** Overwrites the keys of these users and of their projects, and returns how many projects. */
function removeNumbers(database: DatabaseSync, users: ReadonlySet<number>): number {
  if (users.size === 0) return 0;
  const add = database.prepare('INSERT INTO removed_user (user) VALUES (?) ON CONFLICT DO NOTHING');
  for (const user of users) add.run(user);
  removeKeys(database, 'user_run', (number) => users.has(number));
  return removeKeys(database, 'project_run', (_, keys, at) => users.has(keys[at] as number));
}
