import { type KnownVersion, mostReported } from '../report/versions/catalogue.ts';
import { within } from './periods-sql.ts';
import { type Question, scopeOf } from './question.ts';
import { commands } from './scope.ts';

/** A version with the key by which queries name it, since it is a text that a client sent. */
export interface NamedVersion extends KnownVersion {
  key: string;
}

/** See `report/versions/catalogue.ts`: the most reported ones, oldest first. */
export async function mostReportedVersions(question: Question): Promise<NamedVersion[]> {
  const { ask, periods } = question;
  const sums = await ask.sums(
    (users) => `
      SELECT version, toString(sipHash64(version)), countIf(${within(periods)}), min(quarter)
      FROM ${commands(scopeOf(question, users), 'version, quarter')} GROUP BY version`,
    2,
    [1],
  );
  const keys = new Map<string, string>();
  const all = sums.entries.map(({ key, values }) => {
    const name = String(key[0]) || 'unknown';
    keys.set(name, String(key[1]));
    return { name, reports: values[0] as number, first: values[1] as number };
  });
  return mostReported(all).map((version) => ({ ...version, key: keys.get(version.name) as string }));
}

/** The expression for a report's place among these versions, from 1; 0 for any other version. */
export function placeOf(named: readonly NamedVersion[]): string {
  if (named.length === 0) return 'toUInt8(0)';
  return `indexOf([${named.map(({ key }) => key).join()}], sipHash64(version))`;
}
