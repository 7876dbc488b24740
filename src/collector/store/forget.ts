import type { DatabaseSync } from 'node:sqlite';
import { bumpRollupGeneration } from './meta.ts';
import type { Forgotten } from './store.ts';

/**
 * Removes a person, their projects and events, and by cascade what rollups hold of them, overwriting the bytes.
 * Undefined if there is no such person. Reports that arrive afterwards make a new person.
 */
export function forget(database: DatabaseSync, distinctId: string): Forgotten | undefined {
  const person = database.prepare('SELECT id FROM person WHERE distinct_id = ?').get(distinctId)?.id as
    | number
    | undefined;
  if (person === undefined) return undefined;

  // Looking through all events takes a second on ten million. It happens before the write lock is taken, since
  // nothing is acknowledged while that is held; what arrives meanwhile has a higher id and is looked up under it.
  const newest = database.prepare('SELECT max(id) AS id FROM event').get()?.id as number | null;
  const ids = database.prepare('SELECT id FROM event WHERE person = ? AND id <= ?').all(person, newest);

  database.exec('PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON; BEGIN IMMEDIATE');
  try {
    const remove = database.prepare('DELETE FROM event WHERE id = ?');
    for (const { id } of ids) remove.run(id as number);
    const late = database.prepare('DELETE FROM event WHERE id > ? AND person = ?').run(newest ?? 0, person);
    const projects = database.prepare('DELETE FROM project WHERE person = ?').run(person);
    database.prepare('DELETE FROM person WHERE id = ?').run(person);
    bumpRollupGeneration(database);
    database.exec('COMMIT');
    return { events: ids.length + Number(late.changes), projects: Number(projects.changes) };
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  } finally {
    database.exec('PRAGMA foreign_keys = OFF');
    // The log still holds the old pages until it is copied back and emptied.
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }
}
