import { SLOTS_PER_DAY } from '../store/rollup/chunk.ts';
import type { Activity, Selection } from './activity.ts';
import { selectedChunks } from './scan.ts';

/** Where nothing was seen, in the arrays below. Later than any time that is. */
export const NEVER = 0x7fffffff;

export interface Seen {
  /** By person: the quarter hour of the first report that counts, or {@link NEVER}. */
  first: Int32Array;
  /** By person: the quarter hour of the latest one, or 0. */
  last: Int32Array;
}

/** The same without these persons, in place. */
export function without({ first, last }: Seen, persons: readonly number[]): Seen {
  for (const person of persons) {
    first[person] = NEVER;
    last[person] = 0;
  }
  return { first, last };
}

/** When each person was seen first and last, by the reports that the selection lets through. */
export function seen(activity: Activity, selection: Selection): Seen {
  const first = new Int32Array(activity.highestPerson + 1).fill(NEVER);
  const last = new Int32Array(activity.highestPerson + 1);
  // A loop of its own instead of scanCommands: every report begins with this one, and it takes half the time.
  for (const [{ day, rows, slot, person }, leftOut] of selectedChunks(activity, selection)) {
    const midnight = day * SLOTS_PER_DAY;
    for (let row = 0; row < rows; row += 1) {
      const who = person[row] as number;
      if (leftOut[who] !== 0) continue;
      const when = midnight + (slot[row] as number);
      if (when < (first[who] as number)) first[who] = when;
      if (when > (last[who] as number)) last[who] = when;
    }
  }
  return { first, last };
}
