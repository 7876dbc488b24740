/**
 * The rule for every count of users that is published. Rounding down leaves ten possible values behind each number, so that
 * neither sums nor differences of published numbers lead to one that is hidden; docs/public.md says why that is enough.
 */

/** Fewer users than this are not shown, and all counts are rounded down to a multiple of it. */
export const LEAST = 10;

export const HIDDEN = `< ${LEAST}`;

/** A count as it is published: `< 10`, or rounded down to tens. */
export function published(users: number): number | typeof HIDDEN {
  return users < LEAST ? HIDDEN : users - (users % LEAST);
}
