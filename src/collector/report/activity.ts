/**
 * What reports are calculated from: who reported when and what, in memory, as columns of integers.
 * Report functions know this and nothing of the database, so that they can be run on anything.
 */
import type { Environment } from '../environment.ts';
import type { Chunk } from '../store/rollup/chunk.ts';

/** Everything about a report that is neither who nor when. */
export interface Shape {
  isBuild: boolean;
  /** Words of `wasp deploy …` joined by `;`, empty for anything else. */
  deploy: string;
  version: string;
  os: string;
}

export interface Activity {
  /** In no particular order; the rows of each are by person. */
  chunks: readonly Chunk[];
  /** By `rollup_shape.id`. */
  shapes: readonly (Shape | undefined)[];
  /** No person's id is higher; arrays indexed by person are one longer. */
  highestPerson: number;
  highestProject: number;
  /** The persons behind these ids; ids that never reported are left out. */
  personsOf(distinctIds: readonly string[]): number[];
}

/** Which reports count. */
export interface Selection {
  environments: readonly Environment[];
  /** Non-zero at the id of each person whose reports from this environment don't count. */
  leftOut(environment: Environment): Uint8Array;
}
