import type { Morning } from '../../report/figures/morning.ts';
import { type Counts, countsOf, matrixOf, planMatrix } from '../../report/morning/calculate.ts';
import type { Matrix } from '../../report/morning/matrix.ts';
import { PERIOD_COUNTS, type Periods, type PeriodUnit } from '../../report/periods.ts';
import { type Question, scopeOf } from '../question.ts';
import { commands } from '../scope.ts';
import { usageIn } from '../usage.ts';
import { installs } from './installs.ts';

/** See `report/figures/morning.ts`. */
export async function morning(question: Question): Promise<Morning> {
  const { unit, count } = question.periods;
  const yesterday = await matrix(question, 'day', unit === 'day' ? count : PERIOD_COUNTS.day.usual);
  return { matrix: unit === 'day' ? yesterday : await matrix(question, unit, count), yesterday };
}

async function matrix(question: Question, unit: PeriodUnit, seriesLength: number): Promise<Matrix> {
  const plan = planMatrix(question, unit, seriesLength);
  const [all, beginnings, projects] = await Promise.all([
    countsIn(question, plan.all),
    plan.beginnings && countsIn(question, plan.beginnings),
    projectsUntil(question, plan.projectsUntil),
  ]);
  return matrixOf(question, plan, { all, beginnings, projects });
}

async function countsIn(question: Question, periods: Periods): Promise<Counts[]> {
  const [usages, installations] = await Promise.all([
    usageIn(question, periods),
    installs(question, periods),
  ]);
  return usages.map((usage, index) => countsOf(usage, installations[index]?.installs as number));
}

/** All projects with a report before that quarter hour. */
async function projectsUntil(question: Question, limit: number): Promise<number> {
  const sums = await question.ask.sums(
    (users) => `
      SELECT uniqExact(user_key, project) FROM ${commands(scopeOf(question, users), 'user_key, project, quarter')}
      WHERE project != 0 AND quarter < ${limit}`,
    0,
  );
  return sums.at()[0] as number;
}
