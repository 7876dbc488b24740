/** Cuts the users of a shard into parts, in the order in which they lie. */

/** Users whose key lies in `[from, to]`, both as decimal text: keys are 64-bit numbers. */
export interface UserRange {
  readonly from: string;
  readonly to: string;
}

/** All users in so many parts of about the same size, one at least. */
export function userRanges(count: number): UserRange[] {
  const parts = BigInt(Math.max(1, count));
  const size = 2n ** 64n / parts;
  return Array.from({ length: Number(parts) }, (_, index) => {
    const start = size * BigInt(index);
    const isLast = BigInt(index) === parts - 1n;
    return { from: String(start), to: String((isLast ? 2n ** 64n : start + size) - 1n) };
  });
}
