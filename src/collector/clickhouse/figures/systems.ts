import type { Systems } from '../../report/figures/systems.ts';
import { SYSTEMS } from '../../report/operating-system.ts';
import type { Periods } from '../../report/periods.ts';
import { periodOf, within } from '../periods-sql.ts';
import { type Question, scopeOf } from '../question.ts';
import { commands } from '../scope.ts';

/** See `report/figures/systems.ts`. */
export async function systems(question: Question, periods: Periods): Promise<Systems[]> {
  const { ask } = question;
  const sums = await ask.sums(
    (users) => `
      SELECT period, system, uniqExact(user_key)
      FROM ${commands(scopeOf(question, users), `user_key, quarter, system, ${periodOf(periods)} AS period`, within(periods))}
      GROUP BY period, system`,
    2,
  );
  return periods.labels.map((period, index) => ({
    period,
    users: SYSTEMS.map((_, system) => sums.at(index + 1, system)[0] as number),
  }));
}
