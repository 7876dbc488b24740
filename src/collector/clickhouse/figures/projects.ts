import type { Growth, ProjectGrowth } from '../../report/figures/projects.ts';
import type { Periods } from '../../report/periods.ts';
import { BEFORE, periodOf } from '../periods-sql.ts';
import { type Question, scopeOf } from '../question.ts';
import { commands } from '../scope.ts';

/** The condition on a report that a project has reached this. */
const STEPS = { created: '1', built: 'is_build = 1', deployed: 'deploys = 1' } as const;

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

/** By period: projects that reached a step for the first time, and how many had until its end. */
export async function projectsSince(
  question: Question,
  periods: Periods,
  step: keyof typeof STEPS,
): Promise<Growth[]> {
  const sums = await question.ask.sums(
    (users) => `
      SELECT ${periodOf(periods, 'first')} AS period, count() FROM (
        SELECT min(quarter) AS first
        FROM ${commands(scopeOf(question, users), 'user_key, project, quarter, is_build, deploys')}
        WHERE project != 0 AND ${STEPS[step]} GROUP BY user_key, project
      ) GROUP BY period`,
    1,
  );
  let total = sums.at(BEFORE)[0] as number;
  return periods.labels.map((_, index) => {
    const fresh = sums.at(index + 1)[0] as number;
    total += fresh;
    return { new: fresh, total };
  });
}
