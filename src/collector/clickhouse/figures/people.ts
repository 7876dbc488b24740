import type { People } from '../../report/people.ts';
import { daysOf } from '../../report/periods.ts';
import { AFTER, periodOf, within } from '../periods-sql.ts';
import { type Question, scopeOf } from '../question.ts';
import { commands } from '../scope.ts';

/** See `report/people.ts`. */
export async function people(question: Question): Promise<People[]> {
  const [perPeriod, everBuilt, everDeployed] = await Promise.all([
    countsPerPeriod(question),
    everUntil(question, 'is_build'),
    everUntil(question, 'deploys'),
  ]);
  return question.periods.labels.map((period, index) => {
    const [users = 0, built = 0, deployed = 0, activeDays = 0, builds = 0, deploys = 0] = perPeriod.at(
      index + 1,
    );
    return {
      ...{ period, users, built, deployed, activeDays, builds, deploys },
      everBuilt: everBuilt[index] as number,
      everDeployed: everDeployed[index] as number,
    };
  });
}

function countsPerPeriod(question: Question) {
  const { ask, periods } = question;
  const columns = `person, quarter, is_build, deploys, ${periodOf(periods)} AS period, ${periodOf(daysOf(periods))} AS day`;
  return ask.sums(
    (users) => `
      SELECT period, count(), sum(has_built), sum(has_deployed), sum(days), sum(build_count), sum(deploy_count) FROM (
        SELECT person, period, max(is_build) AS has_built, max(deploys) AS has_deployed, uniqExact(day) AS days,
          sum(is_build) AS build_count, sum(deploys) AS deploy_count
        FROM ${commands(scopeOf(question, users), columns)} WHERE ${within(periods)} GROUP BY person, period
      ) GROUP BY period`,
    1,
  );
}

/** Users with at least one report in which `flag` is set until the end of each period. */
async function everUntil(question: Question, flag: 'is_build' | 'deploys'): Promise<number[]> {
  const { ask, periods } = question;
  const sums = await ask.sums(
    (users) => `
      SELECT ${periodOf(periods, 'first')} AS period, count() FROM (
        SELECT min(quarter) AS first FROM ${commands(scopeOf(question, users), `person, quarter, ${flag}`)}
        WHERE ${flag} = 1 GROUP BY person
      ) GROUP BY period HAVING period != ${AFTER}`,
    1,
  );
  return periods.labels.map((_, index) =>
    sums.entries
      .filter(({ key }) => Number(key[0]) <= index + 1)
      .reduce((sum, { values }) => sum + Number(values[0]), 0),
  );
}
