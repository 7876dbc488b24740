import type { Growth, ProjectGrowth } from '../../report/figures/projects.ts';
import type { Periods } from '../../report/periods.ts';
import { BEFORE, periodOf } from '../periods-sql.ts';
import { type Question, scopeOf } from '../question.ts';
import { commands } from '../scope.ts';

/** What a project reaches, in the order of the list in {@link projectsSince}. */
const STEPS = ['created', 'built', 'deployed'] as const;

/** See `report/figures/projects.ts`. */
export async function projects(question: Question, periods: Periods): Promise<ProjectGrowth[]> {
  const [created, built, deployed] = await Promise.all([
    projectsSince(question, periods, 'created'),
    projectsSince(question, periods, 'built'),
    projectsSince(question, periods, 'deployed'),
  ]);
  return periods.labels.map((period, index) => ({
    period,
    created: created[index] as Growth,
    built: built[index] as Growth,
    deployed: deployed[index] as Growth,
  }));
}

/** By period: projects that reached a step for the first time, and how many had until its end. All steps in one go. */
export async function projectsSince(
  question: Question,
  periods: Periods,
  step: (typeof STEPS)[number],
): Promise<Growth[]> {
  const sums = await question.ask.sums(
    (users) => `
      SELECT step, period, count() FROM (
        SELECT step, moment, ${periodOf(periods, 'moment')} AS period FROM (
          SELECT arrayJoin([1, 2, 3]) AS step, [created, built, deployed][step] AS moment FROM (
            SELECT min(quarter) AS created, minIf(quarter, is_build = 1) AS built, minIf(quarter, deploys = 1) AS deployed
            FROM ${commands(scopeOf(question, users), 'user_key, project, quarter, is_build, deploys', 'project != 0')}
            GROUP BY user_key, project
          )
        )
      ) WHERE moment != 0 GROUP BY step, period`,
    2,
  );
  const number = STEPS.indexOf(step) + 1;
  let total = sums.at(number, BEFORE)[0] as number;
  return periods.labels.map((_, index) => {
    const fresh = sums.at(number, index + 1)[0] as number;
    total += fresh;
    return { new: fresh, total };
  });
}
