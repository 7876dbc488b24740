import type { Share } from '../table.ts';

/** The difference of two shares in percentage points, with the interval that holds the true one 19 times of 20. */
export interface Difference {
  points: number;
  low: number;
  high: number;
}

/** With fewer users in either group there are too few to say. */
export const LEAST_USERS = 30;

/** {@link interval}, or null if there are too few users. */
export function difference(one: Share, other: Share): Difference | null {
  return one.of < LEAST_USERS || other.of < LEAST_USERS ? null : interval(one, other);
}

/**
 * Newcombe's hybrid score interval (Statistics in Medicine 17, 1998, method 10): it holds for small groups and for shares
 * near 0 and 100 % too. To a tenth of a point.
 */
export function interval(one: Share, other: Share): Difference {
  const [a, b] = [wilson(one), wilson(other)];
  const points = a.share - b.share;
  return {
    points: tenths(points),
    low: tenths(points - Math.hypot(a.share - a.low, b.high - b.share)),
    high: tenths(points + Math.hypot(a.high - a.share, b.share - b.low)),
  };
}

/** The normal distribution's quantile for an interval of 95 %. */
const Z = 1.959964;

/** A share with Wilson's score interval. */
function wilson({ count, of }: Share): { share: number; low: number; high: number } {
  const share = count / of;
  const centre = share + Z ** 2 / (2 * of);
  const half = Z * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2));
  const scale = 1 + Z ** 2 / of;
  return { share, low: (centre - half) / scale, high: (centre + half) / scale };
}

function tenths(share: number): number {
  return Math.round(1000 * share) / 10;
}
