/** What a figure asks with: whose reports count, in which periods, until when. */

import type { Environment } from '../environment.ts';
import type { Periods } from '../report/periods.ts';
import type { Asker } from './ask.ts';
import type { LeftOutUsers, Scope, UserPart } from './scope.ts';

export interface Question {
  readonly ask: Asker;
  /** Complete ones. */
  readonly periods: Periods;
  readonly environments: readonly Environment[];
  readonly leftOut: LeftOutUsers;
  /** Milliseconds UTC. */
  readonly now: number;
  /** The quarter hour of now, the last whose reports count. */
  readonly nowQuarterHour: number;
  /** The quarter hour of the first report of any kind from anywhere; null if there is none. */
  readonly since: number | null;
}

/** This question of some of the users. */
export function scopeOf({ environments, leftOut, nowQuarterHour }: Question, users: UserPart): Scope {
  return { ...leftOut, environments, until: nowQuarterHour, users };
}
