/**
 * What reports are calculated from: who reported when and what, in memory, as columns of integers. Figures know this
 * and nothing of the database, so that they can be run on anything.
 */
import type { Chunk } from './rollup/chunk.ts';

/** Everything about a report that is neither who nor when. */
export interface Dimensions {
  isBuild: boolean;
  /** Words of `wasp deploy …` joined by `;`, empty for anything else. */
  deploy: string;
  version: string;
  os: string;
}

export interface Activity {
  /** In no particular order; the rows of each are by user. */
  chunks: readonly Chunk[];
  /** By the numbers in the column `dimensions` of the chunks. */
  dimensions: readonly (Dimensions | undefined)[];
  /** No user's id is higher; arrays indexed by user are one longer. */
  highestUser: number;
  highestProject: number;
  /** The users behind these ids; ids that never reported are left out. */
  usersOf(distinctIds: readonly string[]): number[];
}
