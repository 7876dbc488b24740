import { ENVIRONMENTS, type Environment } from '../environment.ts';
import type { Activity, Selection } from './activity.ts';
import { findBursts } from './bursts.ts';
import { type Histories, histories, without } from './histories.ts';

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
  /** Those reports by person and time; takes as long as any other calculation. */
  histories(environments: readonly Environment[]): Histories;
  leftOut: LeftOut;
}

/**
 * Applies the filters: excluded persons count in no environment, those of a burst not in the local one.
 */
export function selections(activity: Activity, { exclude, burstMinimum }: Filters): Selections {
  const excludedPersons = activity.personsOf(exclude);
  const excluded = marked(new Uint8Array(activity.highestPerson + 1), excludedPersons);
  const everybody = histories(activity, { environments: ['local'], leftOut: () => excluded });
  const bursts = burstMinimum === null ? { count: 0, persons: [] } : findBursts(everybody, burstMinimum);
  const excludedLocally = marked(excluded.slice(), bursts.persons);
  const of = (environments: readonly Environment[]): Selection => ({
    environments,
    leftOut: (environment) => (environment === 'local' ? excludedLocally : excluded),
  });
  const local = without(everybody, bursts.persons);
  return {
    of,
    histories: (environments) =>
      environments.join() === 'local' ? local : histories(activity, of(environments)),
    leftOut: {
      excluded: excludedPersons.length,
      burstMinimum,
      bursts: bursts.count,
      burstPersons: bursts.persons.length,
    },
  };
}

/** `all`, or one environment. */
export type EnvironmentChoice = Environment | 'all';

export function chosen(choice: EnvironmentChoice): readonly Environment[] {
  return choice === 'all' ? ENVIRONMENTS : [choice];
}

function marked(flags: Uint8Array, persons: readonly number[]): Uint8Array {
  for (const person of persons) flags[person] = 1;
  return flags;
}
