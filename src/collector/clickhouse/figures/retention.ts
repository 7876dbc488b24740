import type { Cohort } from '../../report/figures/retention.ts';
import type { Periods } from '../../report/periods.ts';
import { periodOf, within } from '../periods-sql.ts';
import { type Question, scopeOf } from '../question.ts';
import { commands } from '../scope.ts';

/** See `report/figures/retention.ts`. */
export async function retention(question: Question, periods: Periods): Promise<Cohort[]> {
  const { ask } = question;
  const sums = await ask.sums((users) => {
    const scope = scopeOf(question, users);
    return `
      SELECT cohort, period, count() FROM (
        SELECT user_key, ${periodOf(periods)} AS period FROM ${commands(scope, 'user_key, quarter')} WHERE ${within(periods)}
        GROUP BY user_key, period
      ) AS of_periods ALL INNER JOIN (
        SELECT user_key, ${periodOf(periods, 'first')} AS cohort FROM (
          SELECT user_key, min(quarter) AS first FROM ${commands(scope, 'user_key, quarter')} GROUP BY user_key
        ) WHERE ${within(periods, 'first')}
      ) AS of_all_time USING user_key GROUP BY cohort, period`;
  }, 2);
  return periods.labels.map((period, cohort) => ({
    period,
    active: Array.from(
      { length: periods.count - cohort },
      (_, later) => sums.at(cohort + 1, cohort + later + 1)[0] as number,
    ),
  }));
}
