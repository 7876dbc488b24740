import { daysOf, type Periods } from '../report/periods.ts';
import type { Usage } from '../report/usage.ts';
import { periodOf, within } from './periods-sql.ts';
import { type Question, scopeOf } from './question.ts';
import { commands } from './scope.ts';

/** See `report/usage.ts`; without the new projects, see `projectsSince`. */
export async function usageIn(question: Question, periods: Periods): Promise<Omit<Usage, 'newProjects'>[]> {
  const counts = await countsIn(question, periods);
  return periods.labels.map((_, index) => {
    const [users = 0, built = 0, deployed = 0, activeDays = 0, builds = 0, deploys = 0] = counts.at(
      index + 1,
    );
    return { users, built, deployed, activeDays, builds, deploys };
  });
}

/** Days are the bits of a number: no period has more than 64, and a set per user would take ten times the memory. */
function countsIn(question: Question, periods: Periods) {
  const columns = `user_key, quarter, is_build, deploys, ${periodOf(periods)} AS period, ${periodOf(daysOf(periods))} AS day`;
  return question.ask.sums(
    (users) => `
      SELECT period, count(), sum(has_built), sum(has_deployed), sum(length(bitmaskToArray(days))), sum(build_count), sum(deploy_count) FROM (
        SELECT user_key, period, max(is_build) AS has_built, max(deploys) AS has_deployed, groupBitOr(bitShiftLeft(toUInt64(1), toUInt8(day % 64))) AS days,
          sum(is_build) AS build_count, sum(deploys) AS deploy_count
        FROM ${commands(scopeOf(question, users), columns, within(periods))} GROUP BY user_key, period
      ) GROUP BY period`,
    1,
  );
}
