/**
 * Whether the clock can be believed. What is dropped because of its age is gone for good, and a machine that starts with
 * its clock years ahead would drop everything.
 */
import type { DatabaseSync } from 'node:sqlite';
import { readMeta, writeMeta } from './meta.ts';
import { inTransaction, patiently } from './transaction.ts';

/** Milliseconds between two looks at the clock, or from the newest event to the first look: a day, and an hour of play. */
const USUAL = 25 * 3600_000;
/** Among the newest events by number, the newest by time: an import may have come last. */
const NEWEST = 10_000;

/**
 * Undefined if `now` (milliseconds UTC) follows from what was seen before; else the time that it contradicts. It stays
 * contradicted until `isConfirmed` is true once: the next event will bear the doubtful time, and prove nothing.
 */
export function contradictedTime(
  database: DatabaseSync,
  now: number,
  isConfirmed: boolean,
): number | undefined {
  return patiently(database, () =>
    inTransaction(database, () => {
      const seen = readMeta(database, 'clock_seen') || newestTime(database);
      const isDoubtful = readMeta(database, 'clock_doubted') === 1 || (seen > 0 && now - seen > USUAL);
      const isContradicted = isDoubtful && !isConfirmed;
      writeMeta(database, 'clock_doubted', isContradicted ? 1 : 0);
      writeMeta(database, 'clock_seen', isContradicted ? seen : now);
      return isContradicted ? seen : undefined;
    }),
  );
}

function newestTime(database: DatabaseSync): number {
  const newest = `SELECT max(received_at) AS time FROM (SELECT received_at FROM log ORDER BY id DESC LIMIT ${NEWEST})`;
  return (database.prepare(newest).get()?.time as number | null) ?? 0;
}
