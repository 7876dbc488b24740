import { QUARTER_HOURS_PER_DAY } from '../../quarter-hours.ts';
import type { Counted } from '../../report/figure.ts';

import type { Version, Versions } from '../../report/figures/versions.ts';
import { current, type Periods, withCurrent } from '../../report/periods.ts';
import { type FreshVersion, mostUsed } from '../../report/versions/fresh.ts';
import { UPTAKE_DAYS } from '../../report/versions/uptake.ts';
import { mostReportedVersions, type NamedVersion, placeOf } from '../named-versions.ts';
import { periodOf, within } from '../periods-sql.ts';
import { type Question, scopeOf } from '../question.ts';
import { commands } from '../scope.ts';

/** See `report/figures/versions.ts`. */
export async function versions(question: Question): Promise<Counted<Versions>> {
  const named = await mostReportedVersions(question);
  const { periods, nowQuarterHour } = question;
  const all = withCurrent(periods);
  const [perPeriod, overall, latest, uptakes, fresh] = await Promise.all([
    usage(question, named, all, periodOf(all)),
    usage(question, named, periods, 'toUInt16(0)'),
    latestVersions(question, named, all),
    named.length === 0 ? undefined : uptake(question, named),
    freshVersions(question),
  ]);
  const of = (place: number, indexes: readonly number[]): Version => {
    const { name, first } = named[place - 1] as NamedVersion;
    return {
      version: name,
      firstQuarterHour: first,
      usersPerPeriod: indexes.map((index) => perPeriod.at(place, index + 1)[0] as number),
      latestPerPeriod: indexes.map((index) => latest.at(place, index + 1)[0] as number),
      users: overall.at(place, 0)[0] as number,
      uptake: UPTAKE_DAYS.map((days, index) => {
        if (first + days * QUARTER_HOURS_PER_DAY > nowQuarterHour) return null;
        const [active = 0, users = 0] =
          uptakes?.at().slice(2 * ((place - 1) * UPTAKE_DAYS.length + index)) ?? [];
        return { users, active };
      }),
    };
  };
  const cut = (indexes: readonly number[]): Versions => ({
    most: named.map((_, index) => of(index + 1, indexes)).reverse(),
    othersPerPeriod: indexes.map((index) => latest.at(0, index + 1)[0] as number),
    fresh,
  });
  return { complete: cut([...periods.labels.keys()]), soFar: cut([periods.count]) };
}

/** See `report/versions/fresh.ts`. */
async function freshVersions(question: Question): Promise<FreshVersion[]> {
  const { ask, periods } = question;
  const sums = await ask.sums(
    (users) => `
      SELECT version, uniqExactIf(user_key, ${within(current(periods))}), min(quarter)
      FROM ${commands(scopeOf(question, users), 'version, user_key, quarter')} GROUP BY version`,
    1,
    [1],
  );
  const all = sums.entries.map(({ key, values }) => ({
    ...{
      version: String(key[0]) || 'unknown',
      users: values[0] as number,
      firstQuarterHour: values[1] as number,
    },
  }));
  return mostUsed(all, periods.bounds[periods.count] as number);
}

/** Users by version and what `period` says of a report in one of the periods. */
function usage(question: Question, named: readonly NamedVersion[], periods: Periods, period: string) {
  return question.ask.sums(
    (users) => `
      SELECT place, period, uniqExact(user_key)
      FROM ${commands(scopeOf(question, users), `user_key, quarter, ${placeOf(named)} AS place, ${period} AS period`)}
      WHERE place > 0 AND ${within(periods)} GROUP BY place, period`,
    2,
  );
}

/** Users by the version of their latest report in each period; of several in the same quarter hour, the highest place. */
function latestVersions(question: Question, named: readonly NamedVersion[], periods: Periods) {
  const columns = `user_key, quarter, ${placeOf(named)} AS place, ${periodOf(periods)} AS period`;
  return question.ask.sums(
    (users) => `
      SELECT latest % 16 AS place, period, count() FROM (
        SELECT user_key, period, max(toUInt64(quarter) * 16 + place) AS latest
        FROM ${commands(scopeOf(question, users), columns)} WHERE ${within(periods)} GROUP BY user_key, period
      ) GROUP BY place, period`,
    2,
  );
}

/** For each version and each of the days: users active in them, and those of them who used it. */
function uptake(question: Question, named: readonly NamedVersion[]) {
  const firstReports = named.flatMap(({ key, first }, rank) => [
    // 0: none.
    `minIf(quarter, quarter >= ${first}) AS active_${rank}`,
    `minIf(quarter, quarter >= ${first} AND key = ${key}) AS used_${rank}`,
  ]);
  const counts = named.flatMap(({ first }, rank) =>
    UPTAKE_DAYS.flatMap((days) =>
      ['active', 'used'].map((what) => {
        const moment = `${what}_${rank}`;
        return `countIf(${moment} != 0 AND ${moment} - ${first} < ${days * QUARTER_HOURS_PER_DAY})`;
      }),
    ),
  );
  return question.ask.sums(
    (users) => `
      SELECT ${counts.join(', ')} FROM (
        SELECT ${firstReports.join(', ')}
        FROM ${commands(scopeOf(question, users), 'user_key, quarter, sipHash64(version) AS key')} GROUP BY user_key
      )`,
    0,
  );
}
