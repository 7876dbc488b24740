/**
 * When the log had which length, by the clock of the process that appended: an imported event's own time says nothing
 * about when it came.
 */
import type { DatabaseSync } from 'node:sqlite';
import { UUID_WINDOW } from './known-uuids.ts';

/** Milliseconds between two marks. */
const HOUR = 3600_000;

/** The number after which all events came within the last {@link UUID_WINDOW} milliseconds before `now`. */
export function windowStart(database: DatabaseSync, now: number): number {
  const row = database
    .prepare('SELECT last FROM arrival WHERE at <= ? ORDER BY at DESC LIMIT 1')
    .get(now - UUID_WINDOW);
  return (row?.last as number | undefined) ?? 0;
}

/** Returns the function that notes, at most once an hour, that the log ends at `last` at the time `now`. */
export function arrivalMarks(database: DatabaseSync): (last: number, now: number) => void {
  const mark = database.prepare('INSERT INTO arrival (at, last) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const removeOld = database.prepare(
    'DELETE FROM arrival WHERE at < (SELECT max(at) FROM arrival WHERE at <= ?)',
  );
  let marked = Number.NEGATIVE_INFINITY;
  return (last, now) => {
    // A clock that was set back marks again.
    if (Math.abs(now - marked) < HOUR) return;
    mark.run(now, last);
    removeOld.run(now - UUID_WINDOW);
    marked = now;
  };
}
