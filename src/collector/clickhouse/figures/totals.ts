import { ENVIRONMENTS } from '../../environment.ts';
import type { Totals } from '../../report/figures/totals.ts';
import { type Question, scopeOf } from '../question.ts';
import { commands } from '../scope.ts';

/** See `report/figures/totals.ts`. */
export async function totals(question: Question): Promise<Totals[]> {
  const every = { ...question, environments: ENVIRONMENTS };
  const sums = await question.ask.sums(
    (users) => `
      SELECT environment, uniqExact(user_key), uniqExactIf(user_key, project, project != 0),
        uniqExactIf(user_key, project, project != 0 AND is_build), uniqExactIf(user_key, project, project != 0 AND deploys),
        count()
      FROM ${commands(scopeOf(every, users), 'environment, user_key, project, is_build, deploys')} GROUP BY environment`,
    1,
  );
  return ENVIRONMENTS.map((environment, index) => {
    const [users = 0, projects = 0, projectsBuilt = 0, projectsDeployed = 0, reports = 0] = sums.at(index);
    return { environment, users, projects, projectsBuilt, projectsDeployed, reports };
  });
}
