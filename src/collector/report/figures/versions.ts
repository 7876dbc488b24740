import { SLOT_MS } from '../../quarter-hours.ts';
import type { Context, Counted, Figure } from '../figure.ts';
import { share, sharesOfWhole } from '../table.ts';
import { catalogue, mostReported } from '../versions/catalogue.ts';
import { latestPerPeriod } from '../versions/latest.ts';
import { UPTAKE_DAYS, type Uptake, uptake } from '../versions/uptake.ts';
import { usage } from '../versions/usage.ts';

export interface Version {
  version: string;
  /** The quarter hour of its first report. */
  firstSlot: number;
  /** Users in each period; who changes version within a period counts in both. */
  usersPerPeriod: number[];
  /** Users whose latest report in the period is of this version; each user counts once. */
  latestPerPeriod: number[];
  /** Users in all periods of the report together. */
  users: number;
  /** For each of {@link UPTAKE_DAYS}. */
  uptake: Uptake[];
}

export interface Versions {
  /** The most reported ones of the complete periods, most reports first. */
  most: Version[];
  /** Users whose latest report in the period is of another version. */
  othersPerPeriod: number[];
}

function versions({ activity, timelines, periods, withCurrent, nowSlot }: Context): Counted<Versions> {
  const all = catalogue(activity, timelines(), periods);
  const most = mostReported(all);
  const rankOf = all.indexOf.map((version) => most.indexOf(version));
  const { perPeriod, overall } = usage(timelines(), withCurrent, rankOf, most.length, periods.count);
  const latest = latestPerPeriod(timelines(), withCurrent, all.indexOf, all.names.length);
  const firstSlots = Int32Array.from(most, (version) => all.firstSlots[version] as number);
  const uptakes = uptake(timelines(), firstSlots, rankOf, nowSlot);
  const latestOf = (period: number, version: number) => latest[period * all.names.length + version] as number;
  const every = withCurrent.labels.map((_, period) => period);
  const others = [...all.names.keys()].filter((version) => !most.includes(version));
  const cut = (chosen: readonly number[]): Versions => ({
    most: most.map((version, rank) => ({
      version: all.names[version] as string,
      firstSlot: firstSlots[rank] as number,
      usersPerPeriod: chosen.map((period) => perPeriod[period * most.length + rank] as number),
      latestPerPeriod: chosen.map((period) => latestOf(period, version)),
      users: overall[rank] as number,
      uptake: uptakes[rank] as Uptake[],
    })),
    othersPerPeriod: chosen.map((period) =>
      others.reduce((sum, version) => sum + latestOf(period, version), 0),
    ),
  });
  return { complete: cut(every.slice(0, -1)), soFar: cut(every.slice(-1)) };
}

/** By their first report. */
function newestFirst({ most }: Versions): Version[] {
  return most.toSorted((one, other) => other.firstSlot - one.firstSlot);
}

const OTHERS = 'others';

export const versionsFigure: Figure<Versions> = {
  count: versions,
  json: (all) =>
    newestFirst(all).map(({ firstSlot, ...rest }) => ({
      ...rest,
      firstReport: new Date(firstSlot * SLOT_MS).toISOString(),
    })),
  tables: (versions, { unit, labels }) => {
    const rows = newestFirst(versions);
    const names = [...rows.map(({ version }) => version), OTHERS];
    return [
      {
        id: 'versions',
        title: `Users by version per ${unit}`,
        definition:
          'Active users, each once, by the version of their latest report in the period: the versions with the most ' +
          'reports, and all others together. Shares are of the active users and add up to 100 %.',
        columns: [unit, ...names],
        charts: [{ kind: 'stack', title: '', series: names }],
        rows: labels.map((label, index) => [
          label,
          ...sharesOfWhole([
            ...rows.map(({ latestPerPeriod }) => latestPerPeriod[index] as number),
            versions.othersPerPeriod[index] as number,
          ]),
        ]),
      },
      {
        id: 'uptake',
        title: 'How fast versions are taken up',
        definition:
          'Users: with a report of the version in the periods shown. Then: of all users active in the days (of 24 hours) ' +
          'from the version’s first report on, how many used it in those days. A user who used two counts in both.',
        columns: [
          ...['version', 'first report (UTC)', 'users'],
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
