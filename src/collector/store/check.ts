/** Is the store what it was written as? Looks only, and changes nothing. */
import type { DatabaseSync } from 'node:sqlite';
import { rollupContradictions } from './check-rollups.ts';
import { columnsOf } from './rollup/columns.ts';
import { rollupState } from './rollup/state.ts';

/** Of SQLite's complaints; one page that is gone makes thousands. */
const MOST = 20;

/**
 * What is wrong, a sentence each; empty if nothing is. `quick` looks at the structure of every page; otherwise indexes are
 * compared with their tables, and the rollups with the log. Throws SQLite's error, which may say that the store is damaged.
 */
export function check(database: DatabaseSync, { quick }: { quick: boolean }): string[] {
  // One moment for all of it, however long it takes.
  database.exec('BEGIN');
  try {
    const structure = structureOf(database, quick ? 'quick_check' : 'integrity_check');
    return quick || structure.length > 0 ? structure : [...contradictionsOf(database)];
  } finally {
    if (database.isTransaction) database.exec('ROLLBACK');
  }
}

function structureOf(database: DatabaseSync, pragma: 'quick_check' | 'integrity_check'): string[] {
  return database
    .prepare(`PRAGMA ${pragma}(${MOST})`)
    .all()
    .map((row) => String(row[pragma]))
    .filter((line) => line !== 'ok');
}

function* contradictionsOf(database: DatabaseSync): Generator<string> {
  const count = (sql: string): number => (database.prepare(sql).get()?.n as number | null) ?? 0;
  const wordless = count('SELECT count(*) AS n FROM log WHERE words NOT IN (SELECT id FROM words)');
  if (wordless > 0) yield `${wordless} events have lost their words`;
  const { watermark } = rollupState(database);
  const newest = count("SELECT seq AS n FROM sqlite_sequence WHERE name = 'log'");
  if (watermark > newest) yield `the rollups hold events up to number ${watermark}, the log up to ${newest}`;
  const torn = [...tornChunks(database)];
  yield* torn;
  if (torn.length === 0) yield* rollupContradictions(database);
}

function* tornChunks(database: DatabaseSync): Generator<string> {
  for (const row of database.prepare('SELECT * FROM rollup_chunk').iterate()) {
    const columns = Object.values(columnsOf(row)) as { length: number }[];
    if (columns.some(({ length }) => length !== row.rows)) {
      yield `chunk ${row.id} of the rollups is torn: say wasp-collector rollup --rebuild`;
    }
  }
}
