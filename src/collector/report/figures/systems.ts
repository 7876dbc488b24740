import type { Activity } from '../../store/activity.ts';
import { type Figure, labelled, lastApart } from '../figure.ts';
import { SYSTEMS, systemName } from '../operating-system.ts';
import { type Periods, periodFinder } from '../periods.ts';
import type { Timelines } from '../timelines.ts';

export interface Systems {
  period: string;
  /** Active users by operating system, in the order of {@link SYSTEMS}; who uses two counts in both. */
  users: number[];
}

function systems({ dimensions }: Activity, timelines: Timelines, periods: Periods): Systems[] {
  const { start, end, quarterHour, dimension } = timelines;
  const systemOf = Uint8Array.from(dimensions, (one) => SYSTEMS.indexOf(systemName(one?.os ?? '')));
  const periodAt = periodFinder(periods);
  const users = new Uint32Array(periods.count * SYSTEMS.length);
  for (let user = 0; user < start.length; user += 1) {
    const to = end[user] as number;
    let counted = -1;
    // A bit for each system with which this user was counted in that period.
    let systems = 0;
    for (let row = start[user] as number; row < to; row += 1) {
      const period = periodAt(quarterHour[row] as number);
      if (period < 0) continue;
      if (period !== counted) systems = 0;
      counted = period;
      const system = systemOf[dimension[row] as number] as number;
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

export const systemsFigure: Figure<Systems[]> = {
  count: (c) => lastApart(systems(c.activity, c.timelines(), c.withCurrent)),
  json: (rows) => rows.map((row) => ({ ...row, users: labelled(SYSTEMS, row.users) })),
  tables: (rows, { unit }) => [
    {
      id: 'systems',
      title: `Users by operating system per ${unit}`,
      definition: 'Active users; who uses two systems within a period counts in both.',
      columns: [unit, ...SYSTEMS],
      charts: [{ kind: 'stack', title: '', series: SYSTEMS }],
      rows: rows.map(({ period, users }) => [period, ...users]),
    },
  ],
};
