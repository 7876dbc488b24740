import type { People } from '../../report/figures/people.ts';
import type { Periods } from '../../report/periods.ts';
import type { Usage } from '../../report/usage.ts';
import { AFTER, periodOf } from '../periods-sql.ts';
import { type Question, scopeOf } from '../question.ts';
import { commands } from '../scope.ts';
import { usageIn } from '../usage.ts';

/** See `report/figures/people.ts`. */
export async function people(question: Question, periods: Periods): Promise<People[]> {
  const [[usage], ever] = await Promise.all([
    usageIn(question, [{ periods, beginnings: null }]),
    everUntil(question, periods),
  ]);
  return periods.labels.map((period, index) => {
    return {
      ...{ period, ...(usage?.byPeriod[index] as Usage) },
      everBuilt: ever('built', index),
      everDeployed: ever('deployed', index),
    };
  });
}

/** Users who have built, or deployed, at least once until the end of each period. */
async function everUntil(question: Question, periods: Periods) {
  const sums = await question.ask.sums(
    (users) => `
      SELECT step, period, count() FROM (
        SELECT step, moment, ${periodOf(periods, 'moment')} AS period FROM (
          SELECT arrayJoin([1, 2]) AS step, [built, deployed][step] AS moment FROM (
            SELECT minIf(quarter, is_build = 1) AS built, minIf(quarter, deploys = 1) AS deployed
            FROM ${commands(scopeOf(question, users), 'user_key, quarter, is_build, deploys')} GROUP BY user_key
          )
        )
      ) WHERE moment != 0 AND period != ${AFTER} GROUP BY step, period`,
    2,
  );
  return (step: 'built' | 'deployed', period: number) =>
    sums.entries
      .filter(({ key }) => Number(key[0]) === (step === 'built' ? 1 : 2) && Number(key[1]) <= period + 1)
      .reduce((sum, { values }) => sum + Number(values[0]), 0);
}
