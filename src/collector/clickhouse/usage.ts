import { daysOf, type Periods } from '../report/periods.ts';
import type { Usage } from '../report/usage.ts';
import { AFTER, BEFORE, periodOf, within } from './periods-sql.ts';
import { type Question, scopeOf } from './question.ts';
import { commands } from './scope.ts';

/**
 * See `report/usage.ts`. For each of these calendars, by period. All in one go, since to read who has reported takes longer than to count it.
 * Days are the bits of a number: no period has more than 64, and a set per user would take ten times the memory.
 */
export async function usageIn(question: Question, calendars: readonly Periods[]): Promise<Usage[][]> {
  const listed = (expression: (calendar: Periods) => string) => `[${calendars.map(expression).join(', ')}]`;
  const columns = `user_key, is_build, deploys, ${listed((one) => periodOf(one))} AS periods, ${listed((one) => periodOf(daysOf(one)))} AS days`;
  const only = `(${calendars.map((one) => within(one)).join(' OR ')})`;
  const sums = await question.ask.sums(
    (users) => `
      SELECT calendar, period, count(), sum(has_built), sum(has_deployed), sum(length(bitmaskToArray(days))), sum(build_count), sum(deploy_count) FROM (
        SELECT user_key, calendar, period, max(is_build) AS has_built, max(deploys) AS has_deployed,
          groupBitOr(bitShiftLeft(toUInt64(1), toUInt8(day % 64))) AS days, sum(is_build) AS build_count, sum(deploys) AS deploy_count
        FROM (
          SELECT user_key, is_build, deploys, calendar, period, day
          FROM ${commands(scopeOf(question, users), columns, only)}
          ARRAY JOIN periods AS period, days AS day, [${calendars.map((_, index) => index)}] AS calendar
        ) WHERE period != ${BEFORE} AND period != ${AFTER} GROUP BY user_key, calendar, period
      ) GROUP BY calendar, period`,
    2,
  );
  return calendars.map(({ labels }, calendar) =>
    labels.map((_, index) => {
      const [users = 0, built = 0, deployed = 0, activeDays = 0, builds = 0, deploys = 0] = sums.at(
        calendar,
        index + 1,
      );
      return { users, built, deployed, activeDays, builds, deploys };
    }),
  );
}
