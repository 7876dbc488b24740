import type { DatabaseSync } from 'node:sqlite';
import { readMeta } from '../meta.ts';

/** What a batch, or anything else that is decided outside of a transaction, is read under. */
export interface RollupState {
  watermark: number;
  /** How often a rebuild was asked for, and up to which of these it was begun. */
  generation: number;
  builtGeneration: number;
  /** How often something was removed from the log or the words. */
  removals: number;
}

export function rollupState(database: DatabaseSync): RollupState {
  return {
    watermark: readMeta(database, 'rollup_watermark'),
    generation: readMeta(database, 'rollup_generation'),
    builtGeneration: readMeta(database, 'rollup_built_generation'),
    removals: readMeta(database, 'removals'),
  };
}

export function isSameState(one: RollupState, other: RollupState): boolean {
  return (
    one.watermark === other.watermark &&
    one.generation === other.generation &&
    one.builtGeneration === other.builtGeneration &&
    one.removals === other.removals
  );
}
