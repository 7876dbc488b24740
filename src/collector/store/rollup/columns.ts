/** Chunks as rows of `rollup_chunk`, whose column of quarter hours is called `slot`. */
import type { SQLInputValue } from 'node:sqlite';
import { type Columns, toBytes, toNumbers } from './chunk.ts';

/** The four columns of a row of `rollup_chunk`. */
export function columnsOf(row: Record<string, unknown>): Columns {
  return {
    quarterHour: row.slot as Uint8Array,
    user: toNumbers(row.user as Uint8Array),
    project: toNumbers(row.project as Uint8Array),
    dimensions: toNumbers(row.dimensions as Uint8Array),
  };
}

/** A chunk's values in the order `rows, slot, user, project, dimensions`. */
export function values({ quarterHour, user, project, dimensions }: Columns): SQLInputValue[] {
  return [quarterHour.length, quarterHour, toBytes(user), toBytes(project), toBytes(dimensions)];
}
