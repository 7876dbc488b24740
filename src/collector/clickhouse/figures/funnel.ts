import type { Funnel } from '../../report/figures/funnel.ts';
import type { Periods } from '../../report/periods.ts';
import { periodOf, within } from '../periods-sql.ts';
import { type Question, scopeOf } from '../question.ts';
import { commands } from '../scope.ts';
import { installs } from './installs.ts';

/** See `report/figures/funnel.ts`. */
export async function funnel(question: Question, periods: Periods): Promise<Funnel[]> {
  const { ask } = question;
  const [installed, sums] = await Promise.all([
    installs(question, periods),
    ask.sums(
      (users) => `
        SELECT ${periodOf(periods, 'first')} AS cohort, count(), countIf(has_built OR has_deployed), sum(has_deployed) FROM (
          SELECT min(quarter) AS first, max(is_build) AS has_built, max(deploys) AS has_deployed
          FROM ${commands(scopeOf(question, users), 'user_key, quarter, is_build, deploys')} GROUP BY user_key
        ) WHERE ${within(periods, 'first')} GROUP BY cohort`,
      1,
    ),
  ]);
  return periods.labels.map((period, index) => {
    const [used = 0, built = 0, deployed = 0] = sums.at(index + 1);
    return { period, installed: installed[index]?.installs ?? 0, used, built, deployed };
  });
}
