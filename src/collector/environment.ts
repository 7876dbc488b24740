/**
 * Where a report came from, as the Wasp team reads it off the context: the first of these words that the
 * context holds, in this order, whatever its case; none of them means somebody's own machine.
 * The index of an environment is part of the rollups' file format: append only.
 */
export const ENVIRONMENTS = ['local', 'replit', 'gitpod', 'codespaces', 'ci'] as const;

export type Environment = (typeof ENVIRONMENTS)[number];

/** `gitpod CI` → `gitpod`, `circus` → `local`: whole words, separated by spaces. */
export function environmentOf(context: string): Environment {
  const words = context.toLowerCase().split(' ');
  return (
    ENVIRONMENTS.find((environment) => words.includes(environment) && environment !== 'local') ?? 'local'
  );
}
