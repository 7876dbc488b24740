import { QUARTER_HOURS_PER_DAY } from '../../quarter-hours.ts';
import type { Counted } from '../../report/figure.ts';

import type { Version, Versions } from '../../report/figures/versions.ts';
import { type Periods, withCurrent } from '../../report/periods.ts';
import { UPTAKE_DAYS } from '../../report/versions/uptake.ts';
import {
  freshVersions,
  mostReportedVersions,
  type NamedVersion,
  PLACES,
  placeOf,
} from '../named-versions.ts';
import { periodOf, within } from '../periods-sql.ts';
import { type Question, scopeOf } from '../question.ts';
import { commands } from '../scope.ts';

/** See `report/figures/versions.ts`. */
export async function versions(question: Question): Promise<Counted<Versions>> {
  const named = await mostReportedVersions(question);
  const { periods, nowQuarterHour } = question;
  const all = withCurrent(periods);
  const [used, latest, uptakes, fresh] = await Promise.all([
    usage(question, named, all),
    latestVersions(question, named, all),
    named.length === 0 ? undefined : uptake(question, named),
    freshVersions(question),
  ]);
  const of = (place: number, indexes: readonly number[]): Version => {
    const { name, first } = named[place - 1] as NamedVersion;
    return {
      version: name,
      firstQuarterHour: first,
      usersPerPeriod: indexes.map((index) => used.at(place, index + 1)[0] as number),
      latestPerPeriod: indexes.map((index) => latest.at(place, index + 1)[0] as number),
      users: used.at(place, COMPLETE)[0] as number,
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

/** The key of all complete periods together, beside the numbers of periods. */
const COMPLETE = 0;

/** Users by version and period, of which the last isn't complete. */
function usage(question: Question, named: readonly NamedVersion[], periods: Periods) {
  const columns = `user_key, quarter, ${placeOf(named)} AS place, ${periodOf(periods)} AS of_report`;
  return question.ask.sums(
    (users) => `
      SELECT place, arrayJoin(if(of_report < ${periods.count}, [${COMPLETE}, of_report], [of_report])) AS period, uniqExact(user_key)
      FROM ${commands(scopeOf(question, users), columns, within(periods))} WHERE place > 0 GROUP BY place, period`,
    2,
  );
}

/** Users by the version of their latest report in each period; of several in the same quarter hour, the highest place. */
function latestVersions(question: Question, named: readonly NamedVersion[], periods: Periods) {
  const columns = `user_key, quarter, ${placeOf(named)} AS place, ${periodOf(periods)} AS period`;
  return question.ask.sums(
    (users) => `
      SELECT latest % ${PLACES} AS place, period, count() FROM (
        SELECT user_key, period, max(toUInt64(quarter) * ${PLACES} + place) AS latest
        FROM ${commands(scopeOf(question, users), columns, within(periods))} GROUP BY user_key, period
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
