import { QUARTER_HOURS_PER_DAY } from '../../quarter-hours.ts';
import type { VersionEffect } from '../../report/figures/effect.ts';
import { BEGAN_WITHIN_DAYS, type Group, WATCHED_DAYS } from '../../report/versions/effect.ts';
import { mostReportedVersions, type NamedVersion, PLACES, placeOf } from '../named-versions.ts';
import { type Question, scopeOf } from '../question.ts';
import { commands } from '../scope.ts';

/** See `report/figures/effect.ts`. */
export async function effect(question: Question): Promise<VersionEffect[]> {
  const named = await mostReportedVersions(question);
  if (named.length === 0) return [];
  const counts = (await outcomes(question, named)).at();
  const group = (index: number): Group => {
    const [users = 0, returned = 0, built = 0, deployed = 0] = counts.slice(4 * index);
    return { users, returned, built, deployed };
  };
  return named
    .map(({ name }, index) => ({ version: name, began: group(2 * index), before: group(2 * index + 1) }))
    .reverse();
}

/** For each version, of those who began with it and of those before: users, returned, built, deployed. */
function outcomes(question: Question, named: readonly NamedVersion[]) {
  const { ask, nowQuarterHour } = question;
  const [watched, week] = [WATCHED_DAYS * QUARTER_HOURS_PER_DAY, 7 * QUARTER_HOURS_PER_DAY];
  const limit = BEGAN_WITHIN_DAYS * QUARTER_HOURS_PER_DAY;
  const groups = named.flatMap(({ first: version }, index) => [
    `first >= ${version} AND first < ${version + limit} AND began_with = ${index + 1}`,
    `first < ${version} AND first >= ${version - limit}`,
  ]);
  const counts = groups.flatMap((group) =>
    ['1', 'returned', 'built', 'deployed'].map((what) => `countIf(${group} AND ${what} = 1)`),
  );
  // The smallest of these is of the first quarter hour; of several reports in it, of the highest place.
  const beginning = `min(toInt64(quarter) * ${PLACES} + ${PLACES - 1} - place)`;
  return ask.sums(
    (users) => `
      SELECT ${counts.join(', ')} FROM (
        SELECT first, ${PLACES - 1} - beginning % ${PLACES} AS began_with,
          arrayExists(moment -> moment >= first + ${week} AND moment < first + ${watched}, moments) AS returned,
          built_at != 0 AND built_at < first + ${watched} AS built,
          deployed_at != 0 AND deployed_at < first + ${watched} AS deployed
        FROM (
          SELECT min(quarter) AS first, ${beginning} AS beginning, groupArray(quarter) AS moments,
            minIf(quarter, is_build = 1 OR deploys = 1) AS built_at, minIf(quarter, deploys = 1) AS deployed_at
          FROM ${commands(scopeOf(question, users), `user_key, quarter, is_build, deploys, ${placeOf(named)} AS place`)}
          GROUP BY user_key
        ) WHERE first + ${watched} <= ${nowQuarterHour}
      )`,
    0,
  );
}
