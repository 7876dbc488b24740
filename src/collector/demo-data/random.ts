import { uniformFloat32 } from 'pure-rand/distribution/uniformFloat32';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Seeded chance: the same seed gives the same year on every machine. */
export interface Random {
  /** In `[0, 1)`. */
  next(): number;
  /** A whole number in `[0, limit)`. */
  below(limit: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** One of the values, by weight. */
  weighted<T>(choices: readonly (readonly [T, number])[]): T;
  /** A whole number around `mean`, as of things that happen independently of each other. */
  count(mean: number): number;
  /** So many hex digits. */
  hex(digits: number): string;
}

export function random(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  const next = () => uniformFloat32(generator);
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    weighted(choices) {
      let rest = next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [value, weight] of choices) {
        rest -= weight;
        if (rest < 0) return value;
      }
      return (choices.at(-1) as (typeof choices)[number])[0];
    },
    count(mean) {
      // The sum of twelve uniform numbers is as good as normal, and a demonstration needs no better Poisson.
      let normal = -6;
      for (let draw = 0; draw < 12; draw += 1) normal += next();
      return Math.max(0, Math.round(mean + normal * Math.sqrt(mean)));
    },
    hex(digits) {
      let text = '';
      while (text.length < digits) text += below(0x10000).toString(16).padStart(4, '0');
      return text.slice(0, digits);
    },
  };
}
