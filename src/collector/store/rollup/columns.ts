/** Chunks as rows of `rollup_chunk`. */
import type { SQLInputValue } from 'node:sqlite';
import { type Columns, toBytes, toNumbers } from './chunk.ts';

/** The four columns of a row of `rollup_chunk`. */
export function columnsOf(row: Record<string, unknown>): Columns {
  return {
    slot: row.slot as Uint8Array,
    person: toNumbers(row.person as Uint8Array),
    project: toNumbers(row.project as Uint8Array),
    shape: toNumbers(row.shape as Uint8Array),
  };
}

/** A chunk's values in the order `rows, slot, person, project, shape`. */
export function values({ slot, person, project, shape }: Columns): SQLInputValue[] {
  return [slot.length, slot, toBytes(person), toBytes(project), toBytes(shape)];
}
