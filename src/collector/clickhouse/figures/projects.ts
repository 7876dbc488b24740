import type { Growth, ProjectGrowth } from '../../report/figures/projects.ts';
import type { Periods } from '../../report/periods.ts';
import { BEFORE, periodOf } from '../periods-sql.ts';
import { type Question, scopeOf } from '../question.ts';
import { commands } from '../scope.ts';

/** What a project reaches, in the order of the list in {@link projectsSince}. */
const STEPS = ['created', 'built', 'deployed'] as const;

type Step = (typeof STEPS)[number];

/** See `report/figures/projects.ts`. */
export async function projects(question: Question, periods: Periods): Promise<ProjectGrowth[]> {
  const [growth] = (await projectsSince(question, [periods])) as [ProjectGrowth[]];
  return growth;
}

/**
 * For each of these calendars, by period: projects that reached a step for the first time, and how many had until its
 * end. All in one go, since to find the projects takes the time, not to count them.
 */
export async function projectsSince(
  question: Question,
  calendars: readonly Periods[],
): Promise<ProjectGrowth[][]> {
  const numbers = calendars.map((_, index) => index + 1);
  const periods = calendars.map((calendar) => periodOf(calendar, 'moment'));
  const columns = 'user_key, project, quarter, is_build, deploys';
  const sums = await question.ask.sums(
    (users) => `
      SELECT step, calendar, period, count() FROM (
        SELECT step, [${periods.join(', ')}] AS periods FROM (
          SELECT arrayJoin([1, 2, 3]) AS step, [created, built, deployed][step] AS moment FROM (
            SELECT min(quarter) AS created, minIf(quarter, is_build = 1) AS built, minIf(quarter, deploys = 1) AS deployed
            FROM ${commands(scopeOf(question, users), columns, 'project != 0')} GROUP BY user_key, project
          )
        ) WHERE moment != 0
      ) ARRAY JOIN periods AS period, [${numbers}] AS calendar GROUP BY step, calendar, period`,
    3,
  );
  return calendars.map(({ labels }, index) => {
    const growthOf = (step: Step) =>
      growth(labels.length, (period) => {
        const [count = 0] = sums.at(STEPS.indexOf(step) + 1, index + 1, period);
        return count;
      });
    const [created, built, deployed] = [growthOf('created'), growthOf('built'), growthOf('deployed')];
    return labels.map((period, place) => ({
      period,
      created: created[place] as Growth,
      built: built[place] as Growth,
      deployed: deployed[place] as Growth,
    }));
  });
}

/** @param fresh how many are new in a period, counted from 1, or {@link BEFORE} */
function growth(count: number, fresh: (period: number) => number): Growth[] {
  let total = fresh(BEFORE);
  return Array.from({ length: count }, (_, index) => {
    total += fresh(index + 1);
    return { new: fresh(index + 1), total };
  });
}
