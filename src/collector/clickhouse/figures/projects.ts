import type { Growth, ProjectGrowth } from '../../report/projects.ts';
import type { Sums } from '../ask.ts';
import { BEFORE, periodOf } from '../periods-sql.ts';
import { type Question, scopeOf } from '../question.ts';
import { commands } from '../scope.ts';

const STEPS = ['created', 'built', 'deployed'] as const;

/** See `report/projects.ts`. */
export async function projects(question: Question): Promise<ProjectGrowth[]> {
  const { ask, periods } = question;
  const sums = await ask.sums(
    (users) => `
      SELECT step, ${periodOf(periods, 'moment')} AS period, count() FROM (
        SELECT step_and_moment.1 AS step, step_and_moment.2 AS moment FROM (
          SELECT arrayJoin([(0, created), (1, built), (2, deployed)]) AS step_and_moment FROM (
            SELECT min(quarter) AS created, minIf(quarter, is_build = 1) AS built, minIf(quarter, deploys = 1) AS deployed
            FROM ${commands(scopeOf(question, users), 'person, project, quarter, is_build, deploys')}
            WHERE project != 0 GROUP BY person, project
          )
        )
      ) WHERE moment != 0 GROUP BY step, period`,
    2,
  );
  const growths = STEPS.map((_, step) => growth(sums, step, periods.count));
  return periods.labels.map((period, index) => ({
    period,
    created: growths[0]?.[index] as Growth,
    built: growths[1]?.[index] as Growth,
    deployed: growths[2]?.[index] as Growth,
  }));
}

function growth(sums: Sums, step: number, count: number): Growth[] {
  let total = sums.at(step, BEFORE)[0] as number;
  return Array.from({ length: count }, (_, index) => {
    const fresh = sums.at(step, index + 1)[0] as number;
    total += fresh;
    return { new: fresh, total };
  });
}
