import { QUARTER_HOURS_PER_DAY } from '../../quarter-hours.ts';
import type { Counted } from '../../report/figure.ts';

import type { Version, Versions } from '../../report/figures/versions.ts';
import { type Periods, withCurrent } from '../../report/periods.ts';
import { UPTAKE_DAYS } from '../../report/versions/uptake.ts';
import {
  freshVersions,
  mostReportedVersions,
  type NamedVersion,
  PLACES,
  placeOf,
} from '../named-versions.ts';
import { periodOf, within } from '../periods-sql.ts';
import { type Question, scopeOf } from '../question.ts';
import { commands } from '../scope.ts';

/** See `report/figures/versions.ts`. */
export async function versions(question: Question): Promise<Counted<Versions>> {
  const named = await mostReportedVersions(question);
  const { periods, nowQuarterHour } = question;
  const all = withCurrent(periods);
  const [{ used, latest }, uptakes, fresh] = await Promise.all([
    usage(question, named, all),
    named.length === 0 ? undefined : uptake(question, named),
    freshVersions(question),
  ]);
  const of = (place: number, indexes: readonly number[]): Version => {
    const { name, first } = named[place - 1] as NamedVersion;
    return {
      version: name,
      firstQuarterHour: first,
      usersPerPeriod: indexes.map((index) => used(place, index + 1)),
      latestPerPeriod: indexes.map((index) => latest(place, index + 1)),
      users: used(place, COMPLETE),
      uptake: UPTAKE_DAYS.map((days, index) => {
        if (first + days * QUARTER_HOURS_PER_DAY > nowQuarterHour) return null;
        const [users = 0, active = 0] = uptakes?.at(2 ** bitOf(place - 1, index)) ?? [];
        return { users, active };
      }),
    };
  };
  const cut = (indexes: readonly number[]): Versions => ({
    most: named.map((_, index) => of(index + 1, indexes)).reverse(),
    othersPerPeriod: indexes.map((index) => latest(0, index + 1)),
    fresh,
  });
  return { complete: cut([...periods.labels.keys()]), soFar: cut([periods.count]) };
}

/** The key of all complete periods together, beside the numbers of periods. */
const COMPLETE = 0;

/**
 * Users by version and period, of which the last isn't complete: by the versions they used, and by that of their latest
 * report; of several in the same quarter hour, the highest place. Both are bits of one number, so that one read finds them.
 */
async function usage(question: Question, named: readonly NamedVersion[], periods: Periods) {
  const columns = `user_key, quarter, ${placeOf(named)} AS place, ${periodOf(periods)} AS of_report`;
  const sums = await question.ask.sums(
    (users) => `
      SELECT arrayJoin(bitmaskToArray(bitOr(used, bitShiftLeft(toUInt32(1), toUInt8(${PLACES} + latest % ${PLACES}))))) AS bit, period, count() FROM (
        SELECT user_key, period, groupBitOr(bitShiftLeft(toUInt32(1), place)) AS used, max(toUInt64(quarter) * ${PLACES} + place) AS latest
        FROM (
          SELECT user_key, quarter, place, arrayJoin(if(of_report < ${periods.count}, [${COMPLETE}, of_report], [of_report])) AS period
          FROM ${commands(scopeOf(question, users), columns, within(periods))}
        ) GROUP BY user_key, period
      ) GROUP BY bit, period`,
    2,
  );
  const usersAt = (bit: number, period: number) => sums.at(2 ** bit, period)[0] as number;
  return {
    used: (place: number, period: number) => usersAt(place, period),
    latest: (place: number, period: number) => usersAt(PLACES + place, period),
  };
}

/**
 * For each version and each of the days: users active in them, and those of them who used it. Per user, these are the bits
 * of two numbers; which bits a report sets depends on nothing but its time, and whether it is of the version.
 */
function uptake(question: Question, named: readonly NamedVersion[]) {
  const { moments, masks } = newVersions(named);
  const own = named.map((_, rank) => bitsOf(rank));
  const columns = `user_key, quarter, ${placeOf(named)} AS place`;
  const passed = moments.map((moment) => `(quarter >= ${moment})`).join(' + ');
  return question.ask.sums(
    (users) => `
      SELECT bit, sum(bitAnd(used, bit) != 0), count() FROM (
        SELECT arrayJoin(bitmaskToArray(active)) AS bit, used FROM (
          SELECT user_key, groupBitOr(mask) AS active, groupBitOr(bitAnd(mask, [toUInt64(0), ${own}][place + 1])) AS used FROM (
            SELECT user_key, place, [toUInt64(0), ${masks}][${passed} + 1] AS mask
            FROM ${commands(scopeOf(question, users), columns)}
          ) WHERE mask != 0 GROUP BY user_key
        )
      ) GROUP BY bit`,
    1,
  );
}

/** The place of a version and one of the days among the 36 bits. */
function bitOf(rank: number, day: number): number {
  return rank * UPTAKE_DAYS.length + day;
}

/** The bits of a version for those of the days that are meant. */
function bitsOf(rank: number, isMeant: (days: number) => boolean = () => true): bigint {
  return UPTAKE_DAYS.reduce(
    (bits, days, index) => (isMeant(days) ? bits | (1n << BigInt(bitOf(rank, index))) : bits),
    0n,
  );
}

/** The moments at which something is new, or stops to be, in order; and what is, from each on. */
function newVersions(named: readonly NamedVersion[]): { moments: number[]; masks: bigint[] } {
  const moments = named
    .flatMap(({ first }) => [0, ...UPTAKE_DAYS].map((days) => first + days * QUARTER_HOURS_PER_DAY))
    .sort((one, other) => one - other);
  const masks = moments.map((moment) =>
    named.reduce((bits, { first }, rank) => {
      const isNew = (days: number) => moment >= first && moment < first + days * QUARTER_HOURS_PER_DAY;
      return bits | bitsOf(rank, isNew);
    }, 0n),
  );
  return { moments, masks };
}
