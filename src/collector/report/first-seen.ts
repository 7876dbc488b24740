import type { Activity, Selection } from './activity.ts';
import { scanCommands } from './scan.ts';

/** Where nothing was seen, in the arrays below. Later than any time that is. */
export const NEVER = 0x7fffffff;

export interface Seen {
  /** By person: the quarter hour of the first report that counts, or {@link NEVER}. */
  first: Int32Array;
  /** By person: the quarter hour of the latest one, or 0. */
  last: Int32Array;
}

/** When each person was seen first and last, by the reports that the selection lets through. */
export function seen(activity: Activity, selection: Selection): Seen {
  const first = new Int32Array(activity.highestPerson + 1).fill(NEVER);
  const last = new Int32Array(activity.highestPerson + 1);
  scanCommands(activity, selection, (slot, person) => {
    if (slot < (first[person] as number)) first[person] = slot;
    if (slot > (last[person] as number)) last[person] = slot;
  });
  return { first, last };
}
