import type { Morning } from '../../report/figures/morning.ts';
import type { Growth } from '../../report/figures/projects.ts';
import { type Counts, countsOf, matrixOf, planMatrix } from '../../report/morning/calculate.ts';
import type { Matrix } from '../../report/morning/matrix.ts';
import { PERIOD_COUNTS, type Periods, type PeriodUnit } from '../../report/periods.ts';
import type { Question } from '../question.ts';
import { usageIn } from '../usage.ts';
import { installs } from './installs.ts';
import { projectsSince } from './projects.ts';

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
    projectsSince(question, plan.all, 'created'),
  ]);
  // Of the complete ones: `planMatrix` puts the current period behind them.
  const { total } = projects.at(-2) as Growth;
  return matrixOf(question, plan, { all, beginnings, projects: total });
}

async function countsIn(question: Question, periods: Periods): Promise<Counts[]> {
  const [usages, installations] = await Promise.all([
    usageIn(question, periods),
    installs(question, periods),
  ]);
  return usages.map((usage, index) => countsOf(usage, installations[index]?.installs as number));
}
