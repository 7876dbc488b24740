import type { Morning } from '../../report/figures/morning.ts';
import type { ProjectGrowth } from '../../report/figures/projects.ts';
import {
  type Counts,
  countsOf,
  type MatrixPlan,
  matrixOf,
  planMatrix,
} from '../../report/morning/calculate.ts';
import type { Matrix } from '../../report/morning/matrix.ts';
import { PERIOD_COUNTS, type Periods } from '../../report/periods.ts';
import type { Question } from '../question.ts';
import { usageIn } from '../usage.ts';
import { installs } from './installs.ts';
import { projectsSince } from './projects.ts';

/** See `report/figures/morning.ts`. */
export async function morning(question: Question): Promise<Morning> {
  const { unit, count } = question.periods;
  const ofDays = planMatrix(question, 'day', unit === 'day' ? count : PERIOD_COUNTS.day.usual);
  const plan = unit === 'day' ? ofDays : planMatrix(question, unit, count);
  const calendars = [...new Set([ofDays, plan])].flatMap(({ all, beginnings }) =>
    beginnings ? [all, beginnings] : [all],
  );
  const grown = await projectsSince(question, calendars);
  const projects: Projects = (periods) => grown[calendars.indexOf(periods)] as ProjectGrowth[];
  const yesterday = await matrix(question, ofDays, projects);
  return { matrix: plan === ofDays ? yesterday : await matrix(question, plan, projects), yesterday };
}

/** What has become of projects in the periods of a plan. */
type Projects = (periods: Periods) => readonly ProjectGrowth[];

async function matrix(question: Question, plan: MatrixPlan, projects: Projects): Promise<Matrix> {
  const [all, beginnings] = await Promise.all([
    countsIn(question, plan.all, projects),
    plan.beginnings && countsIn(question, plan.beginnings, projects),
  ]);
  // Of the complete ones: `planMatrix` puts the current period behind them.
  const { total } = (projects(plan.all).at(-2) as ProjectGrowth).created;
  return matrixOf(question, plan, { all, beginnings, projects: total });
}

async function countsIn(question: Question, periods: Periods, projects: Projects): Promise<Counts[]> {
  const [usages, installations] = await Promise.all([
    usageIn(question, periods),
    installs(question, periods),
  ]);
  return usages.map((usage, index) => {
    const newProjects = projects(periods)[index]?.created.new as number;
    return countsOf({ ...usage, newProjects }, installations[index]?.installs as number);
  });
}
