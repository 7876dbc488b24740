import { daysOf, type Periods } from '../report/periods.ts';
import type { Usage } from '../report/usage.ts';
import { projectsSince } from './figures/projects.ts';
import { periodOf, within } from './periods-sql.ts';
import { type Question, scopeOf } from './question.ts';
import { commands } from './scope.ts';

/** See `report/usage.ts`. */
export async function usageIn(question: Question, periods: Periods): Promise<Usage[]> {
  const [counts, newProjects] = await Promise.all([
    countsIn(question, periods),
    projectsSince(question, periods, 'created'),
  ]);
  return periods.labels.map((_, index) => {
    const [users = 0, built = 0, deployed = 0, activeDays = 0, builds = 0, deploys = 0] = counts.at(
      index + 1,
    );
    return {
      users,
      built,
      deployed,
      activeDays,
      builds,
      deploys,
      newProjects: newProjects[index]?.new as number,
    };
  });
}

function countsIn(question: Question, periods: Periods) {
  const columns = `user_key, quarter, is_build, deploys, ${periodOf(periods)} AS period, ${periodOf(daysOf(periods))} AS day`;
  return question.ask.sums(
    (users) => `
      SELECT period, count(), sum(has_built), sum(has_deployed), sum(days), sum(build_count), sum(deploy_count) FROM (
        SELECT user_key, period, max(is_build) AS has_built, max(deploys) AS has_deployed, uniqExact(day) AS days,
          sum(is_build) AS build_count, sum(deploys) AS deploy_count
        FROM ${commands(scopeOf(question, users), columns, within(periods))} GROUP BY user_key, period
      ) GROUP BY period`,
    1,
  );
}
