/** What a figure asks with: whose reports count, in which periods, until when. */

import type { Environment } from '../environment.ts';
import type { Periods } from '../report/periods.ts';
import type { Asker } from './ask.ts';
import type { LeftOutUsers, Scope, UserRange } from './scope.ts';

export interface Question {
  readonly ask: Asker;
  readonly periods: Periods;
  readonly environments: readonly Environment[];
  readonly leftOut: LeftOutUsers;
  /** The quarter hour of now. */
  readonly now: number;
  /** The last quarter hour whose reports count. */
  readonly until: number;
}

/** This question of some of the users. */
export function scopeOf({ environments, leftOut, until }: Question, users: UserRange): Scope {
  return { ...leftOut, environments, until, users };
}
