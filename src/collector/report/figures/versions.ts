import { QUARTER_HOUR_MS } from '../../quarter-hours.ts';
import type { Context, Counted, Figure } from '../figure.ts';
import { share, sharesOfWhole } from '../table.ts';
import { catalogue } from '../versions/catalogue.ts';
import { type FreshVersion, freshVersions } from '../versions/fresh.ts';
import { latestPerPeriod } from '../versions/latest.ts';
import { UPTAKE_DAYS, type Uptake, uptake } from '../versions/uptake.ts';
import { usage } from '../versions/usage.ts';

export interface Version {
  version: string;
  /** The quarter hour of its first report. */
  firstQuarterHour: number;
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
  /** The most reported ones of the complete periods, newest first. */
  most: Version[];
  /** Users whose latest report in the period is of another version. */
  othersPerPeriod: number[];
  /** Those that came in the period that hasn't ended. */
  fresh: FreshVersion[];
}

function versions({ activity, timelines, periods, withCurrent, nowQuarterHour }: Context): Counted<Versions> {
  const known = catalogue(activity, timelines(), periods);
  const { most, placeOf } = known;
  const rankOf = placeOf.map((place) => place - 1);
  const { perPeriod, overall } = usage(timelines(), withCurrent, rankOf, most.length, periods.count);
  const latest = latestPerPeriod(timelines(), withCurrent, placeOf, most.length + 1);
  const firstQuarterHours = Int32Array.from(most, ({ first }) => first);
  const uptakes = uptake(timelines(), firstQuarterHours, rankOf, nowQuarterHour);
  const fresh = freshVersions(activity, timelines(), known, periods.bounds[periods.count] as number);
  const latestOf = (period: number, place: number) => latest[period * (most.length + 1) + place] as number;
  const cut = (chosen: readonly number[]): Versions => ({
    most: most
      .map(({ name, first }, rank) => ({
        version: name,
        firstQuarterHour: first,
        usersPerPeriod: chosen.map((period) => perPeriod[period * most.length + rank] as number),
        latestPerPeriod: chosen.map((period) => latestOf(period, rank + 1)),
        users: overall[rank] as number,
        uptake: uptakes[rank] as Uptake[],
      }))
      .reverse(),
    othersPerPeriod: chosen.map((period) => latestOf(period, 0)),
    fresh,
  });
  const every = [...withCurrent.labels.keys()];
  return { complete: cut(every.slice(0, -1)), soFar: cut(every.slice(-1)) };
}

const OTHERS = 'others';

export const versionsFigure: Figure<Versions> = {
  count: versions,
  json: ({ most }) =>
    most.map(({ firstQuarterHour, ...rest }) => ({
      ...rest,
      firstReport: new Date(firstQuarterHour * QUARTER_HOUR_MS).toISOString(),
    })),
  tables: ({ most, othersPerPeriod }, { unit, labels }) => {
    const names = [...most.map(({ version }) => version), OTHERS];
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
            ...most.map(({ latestPerPeriod }) => latestPerPeriod[index] as number),
            othersPerPeriod[index] as number,
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
        rows: most.map(({ version, firstQuarterHour, users, uptake }) => [
          version,
          new Date(firstQuarterHour * QUARTER_HOUR_MS).toISOString().slice(0, 10),
          users,
          ...uptake.map((window) => window && share(window.users, window.active)),
        ]),
      },
    ];
  },
};
