import type { Activity, Shape } from './activity.ts';
import type { Histories } from './histories.ts';
import { type Periods, periodFinder } from './periods.ts';

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
  histories: Histories,
  periods: Periods,
  nowSlot: number,
): Version[] {
  const { first, reports } = perShape(activity, histories, periods);
  const names = mostReported(activity, reports);
  const rankOf = Int32Array.from(activity.shapes, (shape) => names.indexOf(nameOf(shape)));
  const firstSlots = new Int32Array(names.length).fill(NEVER);
  rankOf.forEach((rank, shape) => {
    if (rank >= 0) firstSlots[rank] = Math.min(firstSlots[rank] as number, first[shape] as number);
  });
  const { perPeriod, overall } = usage(histories, periods, names.length, rankOf);
  const uptakes = uptake(histories, firstSlots, rankOf, nowSlot);
  return names.map((version, rank) => ({
    version,
    firstSlot: firstSlots[rank] as number,
    usersPerPeriod: periods.labels.map((_, period) => perPeriod[period * names.length + rank] as number),
    users: overall[rank] as number,
    uptake: uptakes[rank] as Version['uptake'],
  }));
}

/** Later than any time that is. */
const NEVER = 0x7fffffff;

function nameOf(shape: Shape | undefined): string {
  return shape?.version || 'unknown';
}

/** By shape: the quarter hour of its first report ever, and how many there are in these periods. */
function perShape({ shapes }: Activity, { start, end, slot, shape }: Histories, { bounds, count }: Periods) {
  const [from, to] = [bounds[0] as number, bounds[count] as number];
  const first = new Int32Array(shapes.length).fill(NEVER);
  const reports = new Uint32Array(shapes.length);
  for (let person = 0; person < start.length; person += 1) {
    for (let row = start[person] as number; row < (end[person] as number); row += 1) {
      const which = shape[row] as number;
      const when = slot[row] as number;
      if (when < (first[which] as number)) first[which] = when;
      if (when >= from && when < to) reports[which] = (reports[which] as number) + 1;
    }
  }
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

/** Users by period and version, and by version in all periods together. */
function usage(histories: Histories, periods: Periods, versionCount: number, rankOf: Int32Array) {
  const { start, end, slot, shape } = histories;
  const periodAt = periodFinder(periods);
  const perPeriod = new Uint32Array(periods.count * versionCount);
  const overall = new Uint32Array(versionCount);
  // The person who was counted last.
  const countedInPeriod = new Int32Array(perPeriod.length).fill(-1);
  const countedOverall = new Int32Array(versionCount).fill(-1);
  for (let person = 0; person < start.length; person += 1) {
    for (let row = start[person] as number; row < (end[person] as number); row += 1) {
      const version = rankOf[shape[row] as number] as number;
      const period = version < 0 ? -1 : periodAt(slot[row] as number);
      if (period < 0) continue;
      const cell = period * versionCount + version;
      if (isFirst(countedInPeriod, cell, person)) perPeriod[cell] = (perPeriod[cell] as number) + 1;
      if (isFirst(countedOverall, version, person)) overall[version] = (overall[version] as number) + 1;
    }
  }
  return { perPeriod, overall };
}

/** Whether this person, all of whose reports come in a row, is asked about here for the first time. */
function isFirst(counted: Int32Array, cell: number, person: number): boolean {
  if (counted[cell] === person) return false;
  counted[cell] = person;
  return true;
}

function uptake(
  { start, end, slot, shape }: Histories,
  firstSlots: Int32Array,
  rankOf: Int32Array,
  nowSlot: number,
): Version['uptake'][] {
  const limits = UPTAKE_DAYS.map((days) => days * 96);
  const newAt = newVersions(firstSlots, limits.at(-1) as number);
  const active = new Uint32Array(firstSlots.length * limits.length);
  const users = new Uint32Array(active.length);
  // The person who was counted last.
  const countedActive = new Int32Array(firstSlots.length).fill(-1);
  const countedUser = new Int32Array(firstSlots.length).fill(-1);

  /** The first of a person's reports is the one after the shortest time, so the others change nothing. */
  function countFirst(
    counts: Uint32Array,
    counted: Int32Array,
    rank: number,
    person: number,
    when: number,
  ): void {
    if (!isFirst(counted, rank, person)) return;
    for (let index = 0; index < limits.length; index += 1) {
      const cell = rank * limits.length + index;
      if (when - (firstSlots[rank] as number) < (limits[index] as number))
        counts[cell] = (counts[cell] as number) + 1;
    }
  }

  for (let person = 0; person < start.length; person += 1) {
    for (let row = start[person] as number; row < (end[person] as number); row += 1) {
      const when = slot[row] as number;
      const ranks = newAt(when);
      if (ranks.length === 0) continue;
      const used = rankOf[shape[row] as number];
      for (let index = 0; index < ranks.length; index += 1) {
        const rank = ranks[index] as number;
        countFirst(active, countedActive, rank, person, when);
        if (rank === used) countFirst(users, countedUser, rank, person, when);
      }
    }
  }
  return Array.from(firstSlots, (first, rank) =>
    limits.map((limit, index) => {
      const cell = rank * limits.length + index;
      return first + limit > nowSlot
        ? null
        : { users: users[cell] as number, active: active[cell] as number };
    }),
  );
}

/** Returns the function that tells which versions were new at a quarter hour: for so many after their first. */
function newVersions(firstSlots: Int32Array, limit: number): (slot: number) => readonly number[] {
  const from = Math.min(...firstSlots);
  const to = Math.max(...firstSlots) + limit;
  const lists: number[][] = Array.from({ length: firstSlots.length === 0 ? 0 : to - from }, () => []);
  firstSlots.forEach((first, rank) => {
    for (let slot = first; slot < first + limit; slot += 1) lists[slot - from]?.push(rank);
  });
  return (slot) => (slot < from || slot >= to ? NONE : (lists[slot - from] as number[]));
}

const NONE: readonly number[] = [];

/** By their first report. */
export function newestFirst(versions: readonly Version[]): Version[] {
  return versions.toSorted((one, other) => other.firstSlot - one.firstSlot);
}
