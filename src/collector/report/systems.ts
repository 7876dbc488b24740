import type { Activity } from './activity.ts';
import type { Histories } from './histories.ts';
import { osName } from './installs.ts';
import { type Periods, periodFinder } from './periods.ts';

export const SYSTEMS = ['Linux', 'macOS', 'Windows', 'other'] as const;

export interface Systems {
  period: string;
  /** Active users by operating system, in the order of {@link SYSTEMS}; who uses two counts in both. */
  users: number[];
}

export function systems({ shapes }: Activity, histories: Histories, periods: Periods): Systems[] {
  const { start, end, slot, shape } = histories;
  const systemOf = Uint8Array.from(shapes, (one) =>
    (SYSTEMS as readonly string[]).indexOf(osName(one?.os ?? '')),
  );
  const periodAt = periodFinder(periods);
  const users = new Uint32Array(periods.count * SYSTEMS.length);
  for (let person = 0; person < start.length; person += 1) {
    const to = end[person] as number;
    let counted = -1;
    // A bit for each system with which this person was counted in that period.
    let systems = 0;
    for (let row = start[person] as number; row < to; row += 1) {
      const period = periodAt(slot[row] as number);
      if (period < 0) continue;
      if (period !== counted) systems = 0;
      counted = period;
      const system = systemOf[shape[row] as number] as number;
      if ((systems & (1 << system)) !== 0) continue;
      systems |= 1 << system;
      const cell = period * SYSTEMS.length + system;
      users[cell] = (users[cell] as number) + 1;
    }
  }
  return periods.labels.map((period, index) => ({
    period,
    users: [...users.subarray(index * SYSTEMS.length, (index + 1) * SYSTEMS.length)],
  }));
}
