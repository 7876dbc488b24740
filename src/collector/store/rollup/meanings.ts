import type { DatabaseSync } from 'node:sqlite';
import { ENVIRONMENTS, environmentOf } from '../../environment.ts';
import type { Kind } from '../../kinds.ts';
import { inTransaction } from '../transaction.ts';
import { dimensionNumbers } from './dimensions.ts';
import type { Batch } from './read-batch.ts';
import type { RollupState } from './state.ts';

/** What is the same for all events with the same words. */
export interface Meaning {
  kind: Kind;
  /** Index into `ENVIRONMENTS`. */
  environment: number;
  /** `rollup_dimensions.id`. */
  dimensions: number;
}

/** By number of the words. */
export type Meanings = ReadonlyMap<number, Meaning>;

/**
 * Returns the function that looks up what the words of a batch mean; it remembers them until some are removed. New
 * dimensions are made in a transaction before that of the chunks: they mean nothing until a chunk names them.
 */
export function meaningReader(database: DatabaseSync): (batch: Batch, state: RollupState) => Meanings {
  const find = database.prepare(
    'SELECT kind, is_build, deploy, version, os, context FROM words WHERE id = ?',
  );
  const dimensions = dimensionNumbers(database);
  const known = new Map<number, Meaning>();
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

  return ({ size, words }, { removals }) => {
    if (removals !== knownAt) known.clear();
    knownAt = removals;
    const unknown = new Set<number>();
    for (let event = 0; event < size; event += 1) {
      if (!known.has(words[event] as number)) unknown.add(words[event] as number);
    }
    if (unknown.size > 0) {
      inTransaction(database, () => {
        for (const one of unknown) known.set(one, read(one));
      });
    }
    return known;
  };
}
