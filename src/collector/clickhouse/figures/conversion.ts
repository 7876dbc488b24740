import { QUARTER_HOURS_PER_DAY } from '../../quarter-hours.ts';
import { type Conversion, WINDOWS } from '../../report/figures/conversion.ts';
import type { Periods } from '../../report/periods.ts';
import { periodOf, within } from '../periods-sql.ts';
import { type Question, scopeOf } from '../question.ts';
import { commands } from '../scope.ts';

/** See `report/figures/conversion.ts`. */
export async function conversion(question: Question, periods: Periods): Promise<Conversion[]> {
  const { ask, nowQuarterHour } = question;
  const reached = WINDOWS.flatMap((days) =>
    // 0: never.
    ['built', 'deployed'].map(
      (step) => `countIf(${step} != 0 AND ${step} - first < ${days * QUARTER_HOURS_PER_DAY})`,
    ),
  );
  const sums = await ask.sums(
    (users) => `
      SELECT ${periodOf(periods, 'first')} AS cohort, count(), ${reached.join(', ')} FROM (
        SELECT min(quarter) AS first, minIf(quarter, is_build = 1 OR deploys = 1) AS built,
          minIf(quarter, deploys = 1) AS deployed
        FROM ${commands(scopeOf(question, users), 'user_key, quarter, is_build, deploys')} GROUP BY user_key
      ) WHERE ${within(periods, 'first')} GROUP BY cohort`,
    1,
  );
  return periods.labels.map((period, index) => {
    const [used = 0, ...counts] = sums.at(index + 1);
    const windows = WINDOWS.map((days, window) => {
      const isOver = (periods.bounds[index + 1] as number) + days * QUARTER_HOURS_PER_DAY <= nowQuarterHour;
      const [built = 0, deployed = 0] = counts.slice(2 * window);
      return { days, built: isOver ? built : null, deployed: isOver ? deployed : null };
    });
    return { period, used, windows };
  });
}
