import type { Activity, Selection, Visit } from './activity.ts';
import { distinctCounter } from './distinct.ts';
import { osName } from './installs.ts';
import { type Periods, periodFinder } from './periods.ts';
import { scanCommands } from './scan.ts';

export const SYSTEMS = ['Linux', 'macOS', 'Windows', 'other'] as const;

export interface Systems {
  period: string;
  /** Active users by operating system, in the order of {@link SYSTEMS}; who uses two counts in both. */
  users: number[];
}

export function systems(activity: Activity, selection: Selection, periods: Periods): Systems[] {
  const systemOf = activity.shapes.map((shape) =>
    (SYSTEMS as readonly string[]).indexOf(osName(shape?.os ?? '')),
  );
  const periodAt = periodFinder(periods);
  const users = distinctCounter(periods.count * SYSTEMS.length, activity.highestPerson + 1);
  const count: Visit = (slot, person, _project, shape) => {
    const period = periodAt(slot);
    if (period >= 0) users.add(period * SYSTEMS.length + (systemOf[shape] as number), person);
  };
  scanCommands(activity, selection, count, periods.bounds[0], periods.bounds[periods.count]);
  const counts = users.counts();
  return periods.labels.map((period, index) => ({
    period,
    users: counts.slice(index * SYSTEMS.length, (index + 1) * SYSTEMS.length),
  }));
}
