/** Which events a question is about, as a condition on the table of events; one part of all users at a time. */
import { COMMAND_EVENT } from '../../protocol/report.ts';
import { ENVIRONMENTS, type Environment } from '../environment.ts';
import { KINDS } from '../kinds.ts';
import { EVENTS } from './schema.ts';
import type { UserRange } from './user-ranges.ts';

/** Users of whom it is known which of their events lie there more than once (`copies.ts`). */
export interface UserPart extends UserRange {
  /** Keys of those events; null if they are too many to be named. */
  readonly copies: readonly string[] | null;
}

/** What is left out of every figure. */
export interface LeftOutUsers {
  /** Keys of users that count nowhere. */
  readonly excluded: readonly string[];
  /** Keys of users who don't count as local: they were new in a burst, and never came back. In ascending order. */
  readonly burstUsers: BigUint64Array;
}

export interface Scope extends LeftOutUsers {
  readonly users: UserPart;
  readonly environments: readonly Environment[];
  /** Events of later quarter hours don't count. */
  readonly until: number;
}

/**
 * A subquery: the reports of commands that count, each once.
 * @param columns expressions on the columns of the table of events
 * @param only a further condition on these columns
 */
export function commands(scope: Scope, columns: string, only?: string): string {
  return eachOnce(scope, columns, [...conditions(scope, [KINDS[COMMAND_EVENT]]), ...(only ? [only] : [])]);
}

/** The same of installations, each of which has an id of its own. */
export function installations(
  scope: Scope,
  kinds: readonly number[],
  columns: string,
  only?: string,
): string {
  return eachOnce(scope, columns, [...conditions(scope, kinds), ...(only ? [only] : [])]);
}

/** Of events that lie there more than once, the earliest; it alone decides whether the event counts. */
function eachOnce({ users }: Scope, columns: string, conditions: readonly string[]): string {
  const range = `user_key >= ${users.from} AND user_key <= ${users.to}`;
  const where = [range, ...conditions].join(' AND ');
  if (users.copies === null) return `(SELECT ${columns} FROM ${EVENTS} FINAL WHERE ${where})`;
  if (users.copies.length === 0) return `(SELECT ${columns} FROM ${EVENTS} WHERE ${where})`;
  const list = users.copies.join();
  const earliest = `(SELECT * FROM ${EVENTS} WHERE ${range} AND event IN (${list}) ORDER BY rank DESC, receiver, number LIMIT 1 BY user_key, event)`;
  return `(SELECT ${columns} FROM ${EVENTS} WHERE ${where} AND ${isNoneOf('event', users.copies)}
    UNION ALL SELECT ${columns} FROM ${earliest} WHERE ${where})`;
}

function conditions(scope: Scope, kinds: readonly number[]): string[] {
  const { environments, until, excluded } = scope;
  const numbers = environments.map((environment) => ENVIRONMENTS.indexOf(environment));
  return [
    `kind IN (${kinds.join()})`,
    `environment IN (${numbers.join()})`,
    `quarter <= ${until}`,
    ...(excluded.length > 0 ? [isNoneOf('user_key', excluded)] : []),
    ...(numbers.includes(LOCAL) ? withoutBursts(scope) : []),
  ];
}

const LOCAL = ENVIRONMENTS.indexOf('local');

function withoutBursts({ users, burstUsers }: Scope): string[] {
  const keys = burstUsers.subarray(
    placeIn(burstUsers, users.from),
    placeIn(burstUsers, String(BigInt(users.to) + 1n)),
  );
  return keys.length === 0 ? [] : [`(environment != ${LOCAL} OR ${isNoneOf('user_key', keys)})`];
}

/**
 * Servers take a list as an array ten times as fast as a list of literals, and can't use it to choose what to read, which
 * all of this list's users would make slow.
 */
function isNoneOf(column: string, keys: readonly string[] | BigUint64Array): string {
  return `bitXor(${column}, 0) NOT IN (SELECT arrayJoin([${keys.join()}]))`;
}

/** The index of the first key that isn't smaller. */
function placeIn(sorted: BigUint64Array, key: string): number {
  const wanted = BigInt(key);
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as bigint) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
