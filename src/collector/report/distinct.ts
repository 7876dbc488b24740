/** For each of many groups, a set of ids: one bit for each pair, and nothing for a group that stays empty. */
export interface DistinctCounter {
  add(group: number, id: number): void;
  has(group: number, id: number): boolean;
  /** How many ids each group has. */
  counts(): number[];
}

/** `ids` is one more than the highest id. */
export function distinctCounter(groups: number, ids: number): DistinctCounter {
  const sets: (Uint32Array | undefined)[] = Array.from({ length: groups });
  const counts = new Array<number>(groups).fill(0);
  return {
    add(group, id) {
      let set = sets[group];
      if (!set) {
        set = new Uint32Array((ids >>> 5) + 1);
        sets[group] = set;
      }
      const before = set[id >>> 5] as number;
      const bit = 1 << (id & 31);
      if ((before & bit) !== 0) return;
      set[id >>> 5] = before | bit;
      counts[group] = (counts[group] as number) + 1;
    },
    has: (group, id) => (((sets[group]?.[id >>> 5] as number | undefined) ?? 0) & (1 << (id & 31))) !== 0,
    counts: () => counts,
  };
}
