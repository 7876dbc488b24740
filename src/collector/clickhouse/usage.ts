import { daysOf, type Periods } from '../report/periods.ts';
import type { Usage } from '../report/usage.ts';
import { AFTER, BEFORE, periodOf, within } from './periods-sql.ts';
import { type Question, scopeOf } from './question.ts';
import { commands } from './scope.ts';

/** A calendar, and the beginnings of some of its periods: every other period of `beginnings` is one, see `MatrixPlan`. */
export interface Calendar {
  periods: Periods;
  beginnings: Periods | null;
}

/** What was counted in a {@link Calendar}. */
export interface UsageIn {
  byPeriod: Usage[];
  /** Users of the beginnings alone, by the positions of `beginnings`. How often they did something isn't counted. */
  begun: Pick<Usage, 'users' | 'built' | 'deployed'>[];
}

/**
 * See `report/usage.ts`. For each of these calendars. All in one go, since to read who has reported takes longer than to count it.
 * Days are the bits of a number: no period has more than 64, and a set per user would take ten times the memory.
 */
export async function usageIn(question: Question, calendars: readonly Calendar[]): Promise<UsageIn[]> {
  const listed = (expression: (calendar: Calendar) => string) => `[${calendars.map(expression).join(', ')}]`;
  const columns = [
    'user_key, is_build, deploys',
    `${listed(({ periods }) => periodOf(periods))} AS periods`,
    `${listed(({ periods }) => periodOf(daysOf(periods)))} AS days`,
    `${listed(isBeginning)} AS beginnings`,
  ].join(', ');
  const only = `(${calendars.map(({ periods }) => within(periods)).join(' OR ')})`;
  const sums = await question.ask.sums(
    (users) => `
      SELECT calendar, period, count(), sum(has_built), sum(has_deployed), sum(length(bitmaskToArray(days))), sum(build_count), sum(deploy_count),
        sum(begun), sum(has_begun_built), sum(has_begun_deployed) FROM (
        SELECT user_key, calendar, period, max(is_build) AS has_built, max(deploys) AS has_deployed,
          groupBitOr(bitShiftLeft(toUInt64(1), toUInt8(day % 64))) AS days, sum(is_build) AS build_count, sum(deploys) AS deploy_count,
          max(beginning) AS begun, max(bitAnd(beginning, is_build)) AS has_begun_built, max(bitAnd(beginning, deploys)) AS has_begun_deployed
        FROM (
          SELECT user_key, is_build, deploys, calendar, period, day, beginning
          FROM ${commands(scopeOf(question, users), columns, only)}
          ARRAY JOIN periods AS period, days AS day, beginnings AS beginning, [${calendars.map((_, index) => index)}] AS calendar
        ) WHERE period != ${BEFORE} AND period != ${AFTER} GROUP BY user_key, calendar, period
      ) GROUP BY calendar, period`,
    2,
  );
  return calendars.map(({ periods, beginnings }, calendar) => ({
    byPeriod: periods.labels.map((_, index) => {
      const [users = 0, built = 0, deployed = 0, activeDays = 0, builds = 0, deploys = 0] = sums.at(
        calendar,
        index + 1,
      );
      return { users, built, deployed, activeDays, builds, deploys };
    }),
    begun: (beginnings?.labels ?? []).map((_, index) => {
      const period = periods.bounds.indexOf(beginnings?.bounds[index] as number);
      const [users = 0, built = 0, deployed = 0] = sums.at(calendar, period + 1).slice(BEGUN);
      return { users, built, deployed };
    }),
  }));
}

/** Where the values of the beginnings stand among those of a period. */
const BEGUN = 6;

/** The expression for: does a report lie in one of the beginnings? */
function isBeginning({ beginnings }: Calendar): string {
  if (beginnings === null) return 'toUInt8(0)';
  const { bounds } = beginnings;
  const lies = bounds.flatMap((from, index) =>
    index % 2 === 0 ? [`(quarter >= ${from} AND quarter < ${bounds[index + 1]})`] : [],
  );
  return lies.join(' OR ');
}
