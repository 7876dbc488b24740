/**
 * Runtime environments by their number in the store. The numbers are part of the rollups' file format: new ones go to the end.
 */
export const ENVIRONMENTS = ['local', 'replit', 'gitpod', 'codespaces', 'ci'] as const;

/** Where a report came from. */
export type Environment = (typeof ENVIRONMENTS)[number];

/** Words of a context that name an environment; of several in one context the first in this list counts. */
export const PRECEDENCE = ['replit', 'gitpod', 'codespaces', 'ci'] as const satisfies readonly Environment[];

/**
 * Reads the environment off a context, as the Wasp team does: by whole words, separated by spaces, whatever their
 * case. `gitpod CI` → `gitpod`, `circus` → `local`, the user's own machine.
 */
export function environmentOf(context: string): Environment {
  const words = context.toLowerCase().split(' ');
  return PRECEDENCE.find((environment) => words.includes(environment)) ?? 'local';
}
