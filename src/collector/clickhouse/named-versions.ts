import { current } from '../report/periods.ts';
import { type KnownVersion, mostReported } from '../report/versions/catalogue.ts';
import { type FreshVersion, mostUsed } from '../report/versions/fresh.ts';
import { within } from './periods-sql.ts';
import { type Question, scopeOf } from './question.ts';
import { commands } from './scope.ts';

/** More than the most reported versions and 0, so that time and place fit into one number. */
export const PLACES = 16;

/** A version with the key by which queries name it, since it is a text that a client sent. */
export interface NamedVersion extends KnownVersion {
  key: string;
}

/** See `report/versions/catalogue.ts`: the most reported ones, oldest first. */
export async function mostReportedVersions(question: Question): Promise<NamedVersion[]> {
  const all = await allVersions(question);
  const keys = new Map(all.map(({ name, key }) => [name, key]));
  return mostReported(all).map((version) => ({ ...version, key: keys.get(version.name) as string }));
}

/** See `report/versions/fresh.ts`. */
export async function freshVersions(question: Question): Promise<FreshVersion[]> {
  const { bounds, count } = question.periods;
  const all = (await allVersions(question)).map(({ name, first, recentUsers }) => ({
    ...{ version: name, users: recentUsers, firstQuarterHour: first },
  }));
  return mostUsed(all, bounds[count] as number);
}

/** Every version with its reports in the complete periods, and its users in the one that isn't. */
async function allVersions(question: Question) {
  const { ask, periods } = question;
  const sums = await ask.sums(
    (users) => `
      SELECT version, toString(sipHash64(version)), countIf(${within(periods)}), min(quarter),
        uniqExactIf(user_key, ${within(current(periods))})
      FROM ${commands(scopeOf(question, users), 'version, user_key, quarter')} GROUP BY version`,
    2,
    [1],
  );
  return sums.entries.map(({ key, values }) => {
    const [reports = 0, first = 0, recentUsers = 0] = values;
    return { name: String(key[0]) || 'unknown', key: String(key[1]), reports, first, recentUsers };
  });
}

/** The expression for a report's place among these versions, from 1; 0 for any other version. */
export function placeOf(named: readonly NamedVersion[]): string {
  if (named.length === 0) return 'toUInt8(0)';
  return `indexOf([${named.map(({ key }) => key).join()}], sipHash64(version))`;
}
