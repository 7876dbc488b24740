import type { Cohort } from '../../report/figures/retention.ts';
import type { Periods } from '../../report/periods.ts';
import { periodOf, within } from '../periods-sql.ts';
import { type Question, scopeOf } from '../question.ts';
import { commands } from '../scope.ts';

/** Periods in which a user was active are the bits of numbers of so many bits. */
const BITS = 64;

/** See `report/figures/retention.ts`. */
export async function retention(question: Question, periods: Periods): Promise<Cohort[]> {
  const { ask } = question;
  const words = Math.ceil(periods.count / BITS);
  const masks = Array.from(
    { length: words },
    (_, word) =>
      `groupBitOr(if(period > ${BITS * word} AND period <= ${BITS * (word + 1)}, bitShiftLeft(toUInt64(1), toUInt8(period - ${BITS * word + 1})), toUInt64(0))) AS mask_${word}`,
  );
  const active = periods.labels.map(
    (_, index) => `sum(bitAnd(bitShiftRight(mask_${Math.floor(index / BITS)}, ${index % BITS}), 1))`,
  );
  const sums = await ask.sums(
    (users) => `
      SELECT ${periodOf(periods, 'first')} AS cohort, ${active.join(', ')} FROM (
        SELECT min(quarter) AS first, ${masks.join(', ')}
        FROM ${commands(scopeOf(question, users), `user_key, quarter, ${periodOf(periods)} AS period`)} GROUP BY user_key
      ) WHERE ${within(periods, 'first')} GROUP BY cohort`,
    1,
  );
  return periods.labels.map((period, cohort) => ({
    period,
    active: sums.at(cohort + 1).slice(cohort, periods.count),
  }));
}
