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
        SELECT person, ${periodOf(periods)} AS period FROM ${commands(scope, 'person, quarter')} WHERE ${within(periods)}
        GROUP BY person, period
      ) AS of_periods ALL INNER JOIN (
        SELECT person, ${periodOf(periods, 'first')} AS cohort FROM (
          SELECT person, min(quarter) AS first FROM ${commands(scope, 'person, quarter')} GROUP BY person
        ) WHERE ${within(periods, 'first')}
      ) AS of_all_time USING person GROUP BY cohort, period`;
  }, 2);
  return periods.labels.map((period, cohort) => ({
    period,
    active: Array.from(
      { length: periods.count - cohort },
      (_, later) => sums.at(cohort + 1, cohort + later + 1)[0] as number,
    ),
  }));
}
