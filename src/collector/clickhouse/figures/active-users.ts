import { type ActiveUsers, AGE_LIMITS } from '../../report/figures/active-users.ts';
import type { Periods } from '../../report/periods.ts';
import { periodOf, within } from '../periods-sql.ts';
import { type Question, scopeOf } from '../question.ts';
import { commands } from '../scope.ts';

/** See `report/figures/active-users.ts`. */
export async function activeUsers(question: Question, periods: Periods): Promise<ActiveUsers[]> {
  const { ask } = question;
  const groups = AGE_LIMITS.slice(0, -1).map((limit, group) => `last - first < ${limit}, ${group}`);
  const sums = await ask.sums((users) => {
    const scope = scopeOf(question, users);
    return `
      SELECT period, multiIf(${groups.join(', ')}, ${groups.length}) AS age, count() FROM (
        SELECT user_key, period, max(quarter) AS last
        FROM ${commands(scope, `user_key, quarter, ${periodOf(periods)} AS period`)} WHERE ${within(periods)}
        GROUP BY user_key, period
      ) AS of_periods ALL INNER JOIN (
        SELECT user_key, min(quarter) AS first FROM ${commands(scope, 'user_key, quarter')} GROUP BY user_key
      ) AS of_all_time USING user_key GROUP BY period, age`;
  }, 2);
  const created = await newUsers(question, periods);
  return periods.labels.map((period, index) => {
    const byAge = AGE_LIMITS.map((_, age) => sums.at(index + 1, age)[0] as number);
    const users = byAge.reduce((sum, number) => sum + number, 0);
    return { period, byAge, users, new: created.at(index + 1)[0] as number };
  });
}

function newUsers(question: Question, periods: Periods) {
  return question.ask.sums(
    (users) => `
      SELECT ${periodOf(periods, 'first')} AS cohort, count() FROM (
        SELECT min(quarter) AS first FROM ${commands(scopeOf(question, users), 'user_key, quarter')} GROUP BY user_key
      ) WHERE ${within(periods, 'first')} GROUP BY cohort`,
    1,
  );
}
