import { SLOTS_PER_DAY } from '../../quarter-hours.ts';
import type { Counted } from '../../report/figure.ts';
import { UPTAKE_DAYS } from '../../report/figures/version-uptake.ts';
import { MOST_VERSIONS, type Version } from '../../report/figures/versions.ts';
import { type Periods, withCurrent } from '../../report/periods.ts';
import { periodOf, within } from '../periods-sql.ts';
import { type Question, scopeOf } from '../question.ts';
import { commands } from '../scope.ts';

/** A version with the key by which queries name it, since it is a text that a client sent. */
interface Named {
  version: string;
  key: string;
  first: number;
}

/** See `report/figures/versions.ts`. */
export async function versions(question: Question): Promise<Counted<Version[]>> {
  const named = await mostReported(question);
  if (named.length === 0) return { complete: [], soFar: [] };
  const { periods, nowSlot } = question;
  const all = withCurrent(periods);
  const [perPeriod, overall, uptakes] = await Promise.all([
    usage(question, named, all, periodOf(all)),
    usage(question, named, periods, 'toUInt16(0)'),
    uptake(question, named),
  ]);
  const of = (rank: number, indexes: readonly number[]): Version => {
    const { version, first } = named[rank] as Named;
    return {
      version,
      firstSlot: first,
      usersPerPeriod: indexes.map((index) => perPeriod.at(rank, index + 1)[0] as number),
      users: overall.at(rank, 0)[0] as number,
      uptake: UPTAKE_DAYS.map((days, index) => {
        if (first + days * SLOTS_PER_DAY > nowSlot) return null;
        const [active = 0, users = 0] = uptakes.at().slice(2 * (rank * UPTAKE_DAYS.length + index));
        return { users, active };
      }),
    };
  };
  return {
    complete: named.map((_, rank) => of(rank, [...periods.labels.keys()])),
    soFar: named.map((_, rank) => of(rank, [periods.count])),
  };
}

async function mostReported(question: Question): Promise<Named[]> {
  const { ask, periods } = question;
  const sums = await ask.sums(
    (users) => `
      SELECT version, toString(sipHash64(version)), countIf(${within(periods)}), min(quarter)
      FROM ${commands(scopeOf(question, users), 'version, quarter')} GROUP BY version`,
    2,
    [1],
  );
  return sums.entries
    .map(({ key, values }) => ({
      version: String(key[0]) || 'unknown',
      key: String(key[1]),
      reports: values[0] as number,
      first: values[1] as number,
    }))
    .filter(({ reports }) => reports > 0)
    .sort((one, other) => other.reports - one.reports || (one.version < other.version ? -1 : 1))
    .slice(0, MOST_VERSIONS);
}

/** Users by version and what `period` says of a report in one of the periods. */
function usage(question: Question, named: readonly Named[], periods: Periods, period: string) {
  const keys = named.map(({ key }) => key).join();
  const rank = `indexOf([${keys}], sipHash64(version)) - 1`;
  return question.ask.sums(
    (users) => `
      SELECT rank, period, uniqExact(person)
      FROM ${commands(scopeOf(question, users), `person, quarter, version, ${rank} AS rank, ${period} AS period`)}
      WHERE rank >= 0 AND ${within(periods)} GROUP BY rank, period`,
    2,
  );
}

/** For each version and each of the days: users active in them, and those of them who used it. */
function uptake(question: Question, named: readonly Named[]) {
  const firstReports = named.flatMap(({ key, first }, rank) => [
    // 0: none.
    `minIf(quarter, quarter >= ${first}) AS active_${rank}`,
    `minIf(quarter, quarter >= ${first} AND key = ${key}) AS used_${rank}`,
  ]);
  const counts = named.flatMap(({ first }, rank) =>
    UPTAKE_DAYS.flatMap((days) =>
      ['active', 'used'].map((what) => {
        const moment = `${what}_${rank}`;
        return `countIf(${moment} != 0 AND ${moment} - ${first} < ${days * SLOTS_PER_DAY})`;
      }),
    ),
  );
  return question.ask.sums(
    (users) => `
      SELECT ${counts.join(', ')} FROM (
        SELECT ${firstReports.join(', ')}
        FROM ${commands(scopeOf(question, users), 'person, quarter, sipHash64(version) AS key')} GROUP BY person
      )`,
    0,
  );
}
