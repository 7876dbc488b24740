import type { Activity, Selection, Shape, Visit } from './activity.ts';
import { distinctCounter } from './distinct.ts';
import { NEVER } from './first-seen.ts';
import { type Periods, periodFinder } from './periods.ts';
import { scanCommands } from './scan.ts';

/** Days after its first report at which a version's share is taken. */
export const UPTAKE_DAYS = [1, 7, 30] as const;
/** Only so many are reported, those with the most reports: anybody can invent a version. */
export const MOST_VERSIONS = 12;

export interface Version {
  version: string;
  /** The quarter hour of its first report. */
  firstSlot: number;
  /** Users in each period; who changes version within a period counts in both. */
  usersPerPeriod: number[];
  /** Users in all periods of the report together. */
  users: number;
  /**
   * For each of {@link UPTAKE_DAYS}: among those who were active in that many days (of 24 hours) from its first
   * report, how many used this version at least once. Null until those days have passed.
   */
  uptake: ({ users: number; active: number } | null)[];
}

/** The most reported versions of these periods, most reports first, and how fast each was taken up. */
export function versions(
  activity: Activity,
  selection: Selection,
  periods: Periods,
  nowSlot: number,
): Version[] {
  const { first, reports } = perShape(activity, selection, periods);
  const names = mostReported(activity, reports);
  const rankOf = Int32Array.from(activity.shapes, (shape) => names.indexOf(nameOf(shape)));
  const firstSlots = new Int32Array(names.length).fill(NEVER);
  rankOf.forEach((rank, shape) => {
    if (rank >= 0) firstSlots[rank] = Math.min(firstSlots[rank] as number, first[shape] as number);
  });
  const { perPeriod, overall } = usage(activity, selection, periods, names.length, rankOf);
  const uptakes = uptake(activity, selection, firstSlots, rankOf, nowSlot);
  return names.map((version, rank) => ({
    version,
    firstSlot: firstSlots[rank] as number,
    usersPerPeriod: periods.labels.map((_, period) => perPeriod[period * names.length + rank] as number),
    users: overall[rank] as number,
    uptake: uptakes[rank] as Version['uptake'],
  }));
}

function nameOf(shape: Shape | undefined): string {
  return shape?.version || 'unknown';
}

/** By shape: the quarter hour of its first report ever, and how many there are in these periods. */
function perShape(activity: Activity, selection: Selection, { bounds, count }: Periods) {
  const [from, to] = [bounds[0] as number, bounds[count] as number];
  const first = new Int32Array(activity.shapes.length).fill(NEVER);
  const reports = new Uint32Array(activity.shapes.length);
  scanCommands(activity, selection, (slot, _person, _project, shape) => {
    if (slot < (first[shape] as number)) first[shape] = slot;
    if (slot >= from && slot < to) reports[shape] = (reports[shape] as number) + 1;
  });
  return { first, reports };
}

function mostReported({ shapes }: Activity, reportsOf: Uint32Array): string[] {
  const reports = new Map<string, number>();
  reportsOf.forEach((number, shape) => {
    const name = nameOf(shapes[shape]);
    reports.set(name, (reports.get(name) ?? 0) + number);
  });
  return [...reports]
    .filter(([, number]) => number > 0)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, MOST_VERSIONS)
    .map(([name]) => name);
}

function usage(
  activity: Activity,
  selection: Selection,
  periods: Periods,
  versionCount: number,
  rankOf: Int32Array,
) {
  const periodAt = periodFinder(periods);
  const perPeriod = distinctCounter(periods.count * versionCount, activity.highestPerson + 1);
  const overall = distinctCounter(versionCount, activity.highestPerson + 1);
  const count: Visit = (slot, person, _project, shape) => {
    const version = rankOf[shape] as number;
    if (version < 0) return;
    perPeriod.add(periodAt(slot) * versionCount + version, person);
    overall.add(version, person);
  };
  scanCommands(activity, selection, count, periods.bounds[0], periods.bounds[periods.count]);
  return { perPeriod: perPeriod.counts(), overall: overall.counts() };
}

function uptake(
  activity: Activity,
  selection: Selection,
  firstSlots: Int32Array,
  rankOf: Int32Array,
  nowSlot: number,
): Version['uptake'][] {
  const windows = [...firstSlots].flatMap((from, rank) =>
    UPTAKE_DAYS.map((days) => ({ rank, from, to: from + days * 96 })),
  );
  const ranks = windows.map(({ rank }) => rank);
  const { from, to, at } = windowFinder(windows);
  const users = distinctCounter(windows.length, activity.highestPerson + 1);
  const active = distinctCounter(windows.length, activity.highestPerson + 1);
  const count: Visit = (slot, person, _project, shape) => {
    const rank = rankOf[shape];
    const list = at(slot);
    for (let index = 0; index < list.length; index += 1) {
      const window = list[index] as number;
      active.add(window, person);
      if (rank === ranks[window]) users.add(window, person);
    }
  };
  scanCommands(activity, selection, count, from, to);
  const counts = windows.map(({ to }, window) =>
    to > nowSlot
      ? null
      : { users: users.counts()[window] as number, active: active.counts()[window] as number },
  );
  return Array.from(firstSlots, (_, rank) =>
    counts.slice(rank * UPTAKE_DAYS.length, (rank + 1) * UPTAKE_DAYS.length),
  );
}

/** Most quarter hours lie in few windows, so each one's list is made beforehand. */
function windowFinder(windows: readonly { from: number; to: number }[]) {
  const from = Math.min(...windows.map((window) => window.from));
  const to = Math.max(...windows.map((window) => window.to));
  const lists: number[][] = Array.from({ length: windows.length === 0 ? 0 : to - from }, () => []);
  windows.forEach((window, index) => {
    for (let slot = window.from; slot < window.to; slot += 1) lists[slot - from]?.push(index);
  });
  return { from, to, at: (slot: number): readonly number[] => lists[slot - from] ?? [] };
}
