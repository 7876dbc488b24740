import { ENVIRONMENTS, type Environment } from '../environment.ts';
import type { Activity } from '../store/activity.ts';
import { findBursts } from './bursts.ts';
import type { Selection } from './selected-chunks.ts';
import { type Timelines, timelines, without } from './timelines.ts';

/** What a report leaves out and why, for its reader. */
export interface LeftOut {
  /** Of the ids to be excluded, how many have ever reported. */
  excluded: number;
  /** The rule's smallest burst, null if the rule is off. */
  burstMinimum: number | null;
  bursts: number;
  burstPersons: number;
}

export interface Filters {
  /** Ids that don't count anywhere: the team's own. */
  exclude: readonly string[];
  /** See `bursts.ts`; null turns the rule off. */
  burstMinimum: number | null;
}

export interface Selections {
  /** Reports from these environments that are not left out. */
  of(environments: readonly Environment[]): Selection;
  /** Those reports by user and time; takes as long as any other calculation. */
  timelines(environments: readonly Environment[]): Timelines;
  leftOut: LeftOut;
}

/**
 * Applies the filters: excluded users count in no environment, those of a burst not in the local one.
 */
export function selections(activity: Activity, { exclude, burstMinimum }: Filters): Selections {
  const excludedUsers = activity.usersOf(exclude);
  const excluded = marked(new Uint8Array(activity.highestUser + 1), excludedUsers);
  const all = timelines(activity, { environments: ['local'], leftOut: () => excluded });
  const bursts = burstMinimum === null ? { count: 0, users: [] } : findBursts(all, burstMinimum);
  const excludedLocally = marked(excluded.slice(), bursts.users);
  const of = (environments: readonly Environment[]): Selection => ({
    environments,
    leftOut: (environment) => (environment === 'local' ? excludedLocally : excluded),
  });
  const local = without(all, bursts.users);
  return {
    of,
    timelines: (environments) =>
      environments.join() === 'local' ? local : timelines(activity, of(environments)),
    leftOut: {
      excluded: excludedUsers.length,
      burstMinimum,
      bursts: bursts.count,
      burstPersons: bursts.users.length,
    },
  };
}

/** `all`, or one environment. */
export type EnvironmentChoice = Environment | 'all';

export function chosen(choice: EnvironmentChoice): readonly Environment[] {
  return choice === 'all' ? ENVIRONMENTS : [choice];
}

function marked(flags: Uint8Array, users: readonly number[]): Uint8Array {
  for (const user of users) flags[user] = 1;
  return flags;
}
