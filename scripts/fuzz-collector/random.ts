import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Choices that a seed repeats. */
export interface Random {
  /** From `low` to `high`, both included. */
  integer(low: number, high: number): number;
  pick<T>(choices: readonly T[]): T;
  /** True once in `times`. */
  oneIn(times: number): boolean;
  bytes(length: number): Buffer;
}

export function random(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  const integer = (low: number, high: number) => uniformInt(generator, low, high);
  return {
    integer,
    pick: <T>(choices: readonly T[]) => choices[integer(0, choices.length - 1)] as T,
    oneIn: (times) => integer(1, times) === 1,
    bytes: (length) => Buffer.from(Array.from({ length }, () => integer(0, 255))),
  };
}
