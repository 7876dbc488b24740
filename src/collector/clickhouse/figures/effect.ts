import { QUARTER_HOURS_PER_DAY } from '../../quarter-hours.ts';
import type { VersionEffect } from '../../report/figures/effect.ts';
import { BEGAN_WITHIN_DAYS, type Group, WATCHED_DAYS } from '../../report/versions/effect.ts';
import { mostReportedVersions, type NamedVersion, placeOf } from '../named-versions.ts';
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
  return ask.sums((users) => {
    const scope = scopeOf(question, users);
    const columns = `user_key, quarter, is_build, deploys, ${placeOf(named)} AS place`;
    return `
      SELECT ${counts.join(', ')} FROM (
        SELECT user_key, first, max(quarter = first ? place : 0) AS began_with,
          max(quarter >= first + ${week} AND quarter < first + ${watched}) AS returned,
          max(quarter < first + ${watched} AND (is_build = 1 OR deploys = 1)) AS built,
          max(quarter < first + ${watched} AND deploys = 1) AS deployed
        FROM ${commands(scope, columns)} AS of_reports ALL INNER JOIN (
          SELECT user_key, min(quarter) AS first FROM ${commands(scope, 'user_key, quarter')} GROUP BY user_key
        ) AS of_users USING user_key GROUP BY user_key, first
      ) WHERE first + ${watched} <= ${nowQuarterHour}`;
  }, 0);
}
