/** Which events a question is about, as a condition on the table of events; one part of all users at a time. */
import { COMMAND_EVENT } from '../../protocol/report.ts';
import { ENVIRONMENTS, type Environment } from '../environment.ts';
import { KINDS } from '../kinds.ts';
import { EVENTS } from './schema.ts';

/** Users whose key lies in `[from, to]`, both as decimal text: keys are 64-bit numbers. */
export interface UserRange {
  readonly from: string;
  readonly to: string;
}

/** What is left out of every figure. */
export interface LeftOutUsers {
  /** Keys of users that count nowhere. */
  readonly excluded: readonly string[];
  /** Keys of users who don't count as local: they were new in a burst, and never came back. */
  readonly burstUsers: BigUint64Array;
}

export interface Scope extends LeftOutUsers {
  readonly users: UserRange;
  readonly environments: readonly Environment[];
  /** Events of later quarter hours don't count. */
  readonly until: number;
}

/** All users in so many parts. */
export function userRanges(count: number): UserRange[] {
  const size = 2n ** 64n / BigInt(count);
  return Array.from({ length: count }, (_, index) => {
    const from = size * BigInt(index);
    const to = index === count - 1 ? 2n ** 64n - 1n : from + size - 1n;
    return { from: String(from), to: String(to) };
  });
}

/**
 * A subquery: the reports of commands that count, each once.
 * @param columns expressions on the columns of the table of events
 */
export function commands(scope: Scope, columns: string): string {
  return `(SELECT ${columns} FROM ${EVENTS} FINAL WHERE ${condition(scope, [KINDS[COMMAND_EVENT]])})`;
}

/** The same of installations, each of which has an id of its own. */
export function installations(scope: Scope, kinds: readonly number[], columns: string): string {
  return `(SELECT ${columns} FROM ${EVENTS} FINAL WHERE ${condition(scope, kinds)})`;
}

function condition(scope: Scope, kinds: readonly number[]): string {
  const { users, environments, until, excluded } = scope;
  const numbers = environments.map((environment) => ENVIRONMENTS.indexOf(environment));
  return [
    `user_key >= ${users.from} AND user_key <= ${users.to}`,
    `kind IN (${kinds.join()})`,
    `environment IN (${numbers.join()})`,
    `quarter <= ${until}`,
    ...(excluded.length > 0 ? [`user_key NOT IN (${excluded.join()})`] : []),
    ...(numbers.includes(LOCAL) ? withoutBursts(scope) : []),
  ].join(' AND ');
}

const LOCAL = ENVIRONMENTS.indexOf('local');

/** As a list: a subquery in this place is run several times by old servers. */
function withoutBursts({ users, burstUsers }: Scope): string[] {
  const [from, to] = [BigInt(users.from), BigInt(users.to)];
  const keys = burstUsers.filter((key) => key >= from && key <= to);
  return keys.length === 0 ? [] : [`(environment != ${LOCAL} OR user_key NOT IN (${keys.join()}))`];
}
