import { SLOT_MS } from '../../quarter-hours.ts';
import type { Activity, Dimensions } from '../../store/activity.ts';
import type { Context, Counted, Figure } from '../figure.ts';
import type { Periods } from '../periods.ts';
import { share } from '../table.ts';
import type { Timelines } from '../timelines.ts';
import { UPTAKE_DAYS, type Uptake, uptake } from './version-uptake.ts';
import { usage } from './version-usage.ts';

/** Only so many are reported, those with the most reports: anyone can invent a version. */
export const MOST_VERSIONS = 12;

export interface Version {
  version: string;
  /** The quarter hour of its first report. */
  firstSlot: number;
  /** Users in each period; who changes version within a period counts in both. */
  usersPerPeriod: number[];
  /** Users in all periods of the report together. */
  users: number;
  /** For each of {@link UPTAKE_DAYS}. */
  uptake: Uptake[];
}

/** The most reported versions of the complete periods, most reports first, and how fast each was taken up. */
function versions({ activity, timelines, periods, withCurrent, nowSlot }: Context): Counted<Version[]> {
  const all = timelines();
  const { first, reports } = perDimension(activity, all, periods);
  const names = mostReported(activity, reports);
  const rankOf = Int32Array.from(activity.dimensions, (dimension) => names.indexOf(nameOf(dimension)));
  const firstSlots = new Int32Array(names.length).fill(NEVER);
  rankOf.forEach((rank, dimension) => {
    if (rank >= 0) firstSlots[rank] = Math.min(firstSlots[rank] as number, first[dimension] as number);
  });
  const { perPeriod, overall } = usage(all, withCurrent, rankOf, names.length, periods.count);
  const uptakes = uptake(all, firstSlots, rankOf, nowSlot);
  const whole = names.map((version, rank) => ({
    version,
    firstSlot: firstSlots[rank] as number,
    usersPerPeriod: withCurrent.labels.map((_, period) => perPeriod[period * names.length + rank] as number),
    users: overall[rank] as number,
    uptake: uptakes[rank] as Version['uptake'],
  }));
  const cut = (from: number, to?: number) =>
    whole.map((version) => ({ ...version, usersPerPeriod: version.usersPerPeriod.slice(from, to) }));
  return { complete: cut(0, -1), soFar: cut(-1) };
}

/** Later than any time that is. */
const NEVER = 0x7fffffff;

function nameOf(dimension: Dimensions | undefined): string {
  return dimension?.version || 'unknown';
}

/** By dimension: the quarter hour of its first report ever, and how many there are in these periods. */
function perDimension(
  { dimensions }: Activity,
  { start, end, slot, dimension }: Timelines,
  { bounds, count }: Periods,
) {
  const [from, to] = [bounds[0] as number, bounds[count] as number];
  const first = new Int32Array(dimensions.length).fill(NEVER);
  const reports = new Uint32Array(dimensions.length);
  for (let user = 0; user < start.length; user += 1) {
    for (let row = start[user] as number; row < (end[user] as number); row += 1) {
      const which = dimension[row] as number;
      const when = slot[row] as number;
      if (when < (first[which] as number)) first[which] = when;
      if (when >= from && when < to) reports[which] = (reports[which] as number) + 1;
    }
  }
  return { first, reports };
}

function mostReported({ dimensions }: Activity, reportsOf: Uint32Array): string[] {
  const reports = new Map<string, number>();
  reportsOf.forEach((number, dimension) => {
    const name = nameOf(dimensions[dimension]);
    reports.set(name, (reports.get(name) ?? 0) + number);
  });
  return [...reports]
    .filter(([, number]) => number > 0)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, MOST_VERSIONS)
    .map(([name]) => name);
}

/** By their first report. */
function newestFirst(versions: readonly Version[]): Version[] {
  return versions.toSorted((one, other) => other.firstSlot - one.firstSlot);
}

export const versionsFigure: Figure<Version[]> = {
  count: versions,
  json: (all) =>
    newestFirst(all).map(({ firstSlot, ...rest }) => ({
      ...rest,
      firstReport: new Date(firstSlot * SLOT_MS).toISOString(),
    })),
  tables: (versions, { unit, labels }) => {
    const rows = newestFirst(versions);
    return [
      {
        id: 'versions',
        title: `Users by version per ${unit}`,
        definition: 'The versions with the most reports. Who changes version within a period counts in both.',
        columns: [unit, ...rows.map(({ version }) => version)],
        charts: [{ kind: 'stack', title: '', series: rows.map(({ version }) => version) }],
        rows: labels.map((label, index) => [
          label,
          ...rows.map(({ usersPerPeriod }) => usersPerPeriod[index] as number),
        ]),
      },
      {
        id: 'uptake',
        title: 'How fast versions are taken up',
        definition:
          'Of the users active in the days (of 24 hours) from a version’s first report on, how many used that version.',
        columns: [
          'version',
          'first report (UTC)',
          'users',
          ...UPTAKE_DAYS.map((days) => `first ${days === 1 ? 'day' : `${days} days`}`),
        ],
        charts: [],
        rows: rows.map(({ version, firstSlot, users, uptake }) => [
          version,
          new Date(firstSlot * SLOT_MS).toISOString().slice(0, 10),
          users,
          ...uptake.map((window) => window && share(window.users, window.active)),
        ]),
      },
    ];
  },
};
