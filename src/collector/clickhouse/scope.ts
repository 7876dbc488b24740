/** Which events a question is about, as a condition on the table of events; one part of all users at a time. */
import { COMMAND_EVENT } from '../../protocol/report.ts';
import { ENVIRONMENTS, type Environment } from '../environment.ts';
import { KINDS } from '../kinds.ts';
import { BURST_RETURN } from '../report/bursts.ts';
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
  /** Quarter hours with a burst. Users who were new in one and never came back don't count as local. */
  readonly bursts: readonly number[];
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
  const range = rangeOf(users);
  const where = [range, ...conditions].join(' AND ');
  // In a query of its own, so that no condition but that on the key is applied before a copy is chosen.
  if (users.copies === null)
    return `(SELECT ${columns} FROM (SELECT * FROM ${EVENTS} FINAL WHERE ${range}) WHERE ${where})`;
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

/**
 * Each server finds the users of bursts itself, once more for each question: to send their list to and fro took memory here
 * for each of them, and a table of them would need the right to write.
 */
function withoutBursts(scope: Scope): string[] {
  const { bursts } = scope;
  if (bursts.length === 0) return [];
  const users = `SELECT user_key FROM ${firstAndLast(scope)} WHERE ${IS_BRIEF} AND first IN (${bursts.join()})`;
  return [`(environment != ${LOCAL} OR ${inOwn('user_key')} NOT IN (${users}))`];
}

/** Of {@link firstAndLast}: the last report came so soon after the first that a burst's user never came back. */
export const IS_BRIEF = `last - first <= ${BURST_RETURN}`;

/** A subquery: the quarter hours of each user's first and last local report, users of bursts included. */
export function firstAndLast(scope: Omit<Scope, 'environments' | 'bursts'>): string {
  const local = commands({ ...scope, environments: ['local'], bursts: [] }, 'user_key, quarter');
  return `(SELECT user_key, min(quarter) AS first, max(quarter) AS last FROM ${local} GROUP BY user_key)`;
}

/**
 * Servers take a list as an array ten times as fast as a list of literals, and can't use it to choose what to read, which
 * all of this list's users would make slow.
 */
function isNoneOf(column: string, keys: readonly string[]): string {
  return `${inOwn(column)} NOT IN (SELECT arrayJoin([${keys.join()}]))`;
}

/** An expression: old servers would run the subquery of an IN once more, to choose what to read. */
function inOwn(column: string): string {
  return `bitXor(${column}, 0)`;
}

function rangeOf({ from, to }: UserPart): string {
  return `user_key >= ${from} AND user_key <= ${to}`;
}
