/** Cuts the users of a shard into parts, in the order in which they lie. */

/** Users whose key lies in `[from, to]`, both as decimal text: keys are 64-bit numbers. */
export interface UserRange {
  readonly from: string;
  readonly to: string;
}

const ALL: UserRange = { from: '0', to: String(2n ** 64n - 1n) };

/** All users in so many parts of about the same size, one at least. */
export function userRanges(count: number): UserRange[] {
  return splitUsers(ALL, count);
}

/** These users in so many parts of about the same size, one at least. */
export function splitUsers({ from, to }: UserRange, count: number): UserRange[] {
  const parts = Math.max(1, count);
  const size = (BigInt(to) - BigInt(from) + 1n) / BigInt(parts);
  return Array.from({ length: parts }, (_, index) => {
    const start = BigInt(from) + size * BigInt(index);
    return { from: String(start), to: index === parts - 1 ? to : String(start + size - 1n) };
  });
}
