import { DEPLOY_TARGETS, type Deploys } from '../../report/figures/deploys.ts';
import type { Periods } from '../../report/periods.ts';
import { periodOf, within } from '../periods-sql.ts';
import { type Question, scopeOf } from '../question.ts';
import { commands } from '../scope.ts';

/** See `report/figures/deploys.ts`. */
export async function deploys(question: Question, periods: Periods): Promise<Deploys[]> {
  const { ask } = question;
  const columns = `user_key, project, quarter, deploys, target, ${periodOf(periods)} AS period`;
  const sums = await ask.sums(
    (users) => `
      SELECT period, target, count(), uniqExactIf(user_key, project, project != 0), uniqExact(user_key)
      FROM ${commands(scopeOf(question, users), columns, `deploys = 1 AND ${within(periods)}`)}
      GROUP BY period, target`,
    2,
  );
  return periods.labels.map((period, index) => ({
    period,
    byTarget: DEPLOY_TARGETS.map((target, position) => {
      const [count = 0, projects = 0, users = 0] = sums.at(index + 1, position);
      return { target, deploys: count, projects, users };
    }),
  }));
}
