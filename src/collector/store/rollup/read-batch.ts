import type { DatabaseSync } from 'node:sqlite';
import { ENVIRONMENTS, environmentOf } from '../../environment.ts';
import type { Kind } from '../event.ts';
import { keySource } from '../stored-id.ts';
import { dimensionNumbers } from './dimensions.ts';
import type { Ids } from './identities.ts';
import type { RollupState } from './state.ts';

/** What is the same for all events with the same words. */
export interface Meaning {
  kind: Kind;
  /** Index into `ENVIRONMENTS`. */
  environment: number;
  /** `rollup_dimensions.id`. */
  dimensions: number;
}

export interface BatchEvent extends Ids {
  number: number;
  receivedAt: number;
  meaning: Meaning;
}

/** Returns the function that reads up to `limit` events after the watermark, in order. */
export function batchReader(database: DatabaseSync): (state: RollupState, limit: number) => BatchEvent[] {
  const statement = database.prepare(`
    SELECT id, received_at, words, ${keySource('distinct_id')}, iif(project_hash IS NULL, NULL, ${keySource('project_hash')})
    FROM log WHERE id > ? ORDER BY id LIMIT ?`);
  // Arrays take half the time of objects, and this is most of a rebuild.
  statement.setReturnArrays(true);
  const meanings = meaningReader(database);
  return ({ watermark, removals }, limit) => {
    const meaningOf = meanings(removals);
    const rows = statement.all(watermark, limit) as unknown as [
      number,
      number,
      number,
      string,
      string | null,
    ][];
    return rows.map(([number, receivedAt, words, distinctId, projectHash]) => ({
      number,
      receivedAt,
      meaning: meaningOf(words),
      distinctId,
      projectHash,
    }));
  };
}

/** Remembers what words mean until some are removed. */
function meaningReader(database: DatabaseSync): (removals: number) => (words: number) => Meaning {
  const find = database.prepare(
    'SELECT kind, is_build, deploy, version, os, context FROM words WHERE id = ?',
  );
  const dimensions = dimensionNumbers(database);
  let known = new Map<number, Meaning>();
  let knownAt: number | undefined;

  function read(words: number): Meaning {
    const row = find.get(words);
    // Removed a moment ago, and so will this batch be when it is to be written.
    if (!row) return { kind: 0, environment: 0, dimensions: 0 };
    return {
      kind: row.kind as Kind,
      environment: ENVIRONMENTS.indexOf(environmentOf(row.context as string)),
      dimensions: dimensions(row),
    };
  }

  return (removals) => {
    if (removals !== knownAt) known = new Map();
    knownAt = removals;
    return (words) => {
      let meaning = known.get(words);
      if (!meaning) {
        meaning = read(words);
        known.set(words, meaning);
      }
      return meaning;
    };
  };
}
