import type { People } from '../../report/figures/people.ts';
import type { Periods } from '../../report/periods.ts';
import type { Usage } from '../../report/usage.ts';
import { AFTER, periodOf } from '../periods-sql.ts';
import { type Question, scopeOf } from '../question.ts';
import { commands } from '../scope.ts';
import { usageIn } from '../usage.ts';

/** See `report/figures/people.ts`. */
export async function people(question: Question, periods: Periods): Promise<People[]> {
  const [perPeriod, everBuilt, everDeployed] = await Promise.all([
    usageIn(question, periods),
    everUntil(question, periods, 'is_build'),
    everUntil(question, periods, 'deploys'),
  ]);
  return periods.labels.map((period, index) => {
    const { newProjects, ...usage } = perPeriod[index] as Usage;
    return {
      ...{ period, ...usage },
      everBuilt: everBuilt[index] as number,
      everDeployed: everDeployed[index] as number,
    };
  });
}

/** Users with at least one report in which `flag` is set until the end of each period. */
async function everUntil(
  question: Question,
  periods: Periods,
  flag: 'is_build' | 'deploys',
): Promise<number[]> {
  const { ask } = question;
  const sums = await ask.sums(
    (users) => `
      SELECT ${periodOf(periods, 'first')} AS period, count() FROM (
        SELECT min(quarter) AS first FROM ${commands(scopeOf(question, users), `user_key, quarter, ${flag}`)}
        WHERE ${flag} = 1 GROUP BY user_key
      ) GROUP BY period HAVING period != ${AFTER}`,
    1,
  );
  return periods.labels.map((_, index) =>
    sums.entries
      .filter(({ key }) => Number(key[0]) <= index + 1)
      .reduce((sum, { values }) => sum + Number(values[0]), 0),
  );
}
