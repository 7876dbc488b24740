import { type ActiveUsers, AGE_LIMITS } from '../../report/figures/active-users.ts';
import type { Periods } from '../../report/periods.ts';
import { periodOf, within } from '../periods-sql.ts';
import { type Question, scopeOf } from '../question.ts';
import { commands } from '../scope.ts';

/** See `report/figures/active-users.ts`. */
export async function activeUsers(question: Question, periods: Periods): Promise<ActiveUsers[]> {
  const { ask } = question;
  const groups = AGE_LIMITS.slice(0, -1).map((limit, group) => `last - first < ${limit}, ${group}`);
  // A user who is new in a period has a report in it.
  const began = periods.bounds.slice(0, -1).join();
  const sums = await ask.sums((users) => {
    const scope = scopeOf(question, users);
    return `
      SELECT period, multiIf(${groups.join(', ')}, ${groups.length}) AS age, count(), countIf(first >= [${began}][period]) FROM (
        SELECT user_key, period, max(quarter) AS last
        FROM ${commands(scope, `user_key, quarter, ${periodOf(periods)} AS period`, within(periods))}
        GROUP BY user_key, period
      ) AS of_periods ALL INNER JOIN (
        SELECT user_key, min(quarter) AS first FROM ${commands(scope, 'user_key, quarter')} GROUP BY user_key
      ) AS of_all_time USING user_key GROUP BY period, age`;
  }, 2);
  return periods.labels.map((period, index) => {
    const byAge = AGE_LIMITS.map((_, age) => sums.at(index + 1, age)[0] as number);
    const created = AGE_LIMITS.reduce((sum, _, age) => sum + (sums.at(index + 1, age)[1] as number), 0);
    const users = byAge.reduce((sum, number) => sum + number, 0);
    return { period, byAge, users, new: created };
  });
}
