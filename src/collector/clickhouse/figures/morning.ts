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
import type { Usage } from '../../report/usage.ts';
import type { Question } from '../question.ts';
import { usageIn } from '../usage.ts';
import { installsIn } from './installs.ts';
import { projectsSince } from './projects.ts';

/** See `report/figures/morning.ts`. */
export async function morning(question: Question): Promise<Morning> {
  const { unit, count } = question.periods;
  const ofDays = planMatrix(question, 'day', unit === 'day' ? count : PERIOD_COUNTS.day.usual);
  const plan = unit === 'day' ? ofDays : planMatrix(question, unit, count);
  const counts = await countsIn(question, [...new Set([ofDays, plan])]);
  const yesterday = matrix(question, ofDays, counts);
  return { matrix: plan === ofDays ? yesterday : matrix(question, plan, counts), yesterday };
}

function calendarsOf({ all, beginnings }: MatrixPlan): Periods[] {
  return beginnings ? [all, beginnings] : [all];
}

/** What was counted in a calendar, by period. */
interface Counted {
  counts: Counts[];
  projects: readonly ProjectGrowth[];
}

/** All calendars in one go, since to read takes the time, not to count. */
async function countsIn(question: Question, plans: readonly MatrixPlan[]): Promise<Map<Periods, Counted>> {
  const calendars = plans.flatMap(calendarsOf);
  const [usages, installations, grown] = await Promise.all([
    usageIn(
      question,
      plans.map(({ all, beginnings }) => ({ periods: all, beginnings })),
    ),
    installsIn(question, calendars),
    projectsSince(question, calendars),
  ]);
  const usageOf = usages.flatMap(({ byPeriod, begun }, index) =>
    plans[index]?.beginnings ? [byPeriod, begun.map((users) => ({ ...NOT_COUNTED, ...users }))] : [byPeriod],
  );
  return new Map(
    calendars.map((periods, calendar) => {
      const projects = grown[calendar] as ProjectGrowth[];
      const counts = (usageOf[calendar] as Usage[]).map((usage, index) => {
        const installed = installations[calendar]?.[index]?.installs as number;
        return countsOf(usage, projects[index]?.created.new as number, installed);
      });
      return [periods, { counts, projects }];
    }),
  );
}

/** How often users did something in a beginning is shown nowhere. */
const NOT_COUNTED = { activeDays: 0, builds: 0, deploys: 0 };

function matrix(question: Question, plan: MatrixPlan, counted: ReadonlyMap<Periods, Counted>): Matrix {
  const { counts, projects } = counted.get(plan.all) as Counted;
  const beginnings = plan.beginnings && (counted.get(plan.beginnings) as Counted).counts;
  // Of the complete ones: `planMatrix` puts the current period behind them.
  const { total } = (projects.at(-2) as ProjectGrowth).created;
  return matrixOf(question, plan, { all: counts, beginnings, projects: total });
}
