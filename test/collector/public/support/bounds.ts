/** What can be said about whole numbers of which intervals and sums are known. */
export interface Interval {
  low: number;
  high: number;
}

/** The parts add up to the total; all are names of cells. */
export interface Sum {
  total: string;
  parts: readonly string[];
}

/** Every interval as narrow as the sums make it: each is applied to each of its cells until nothing changes. */
export function narrowed(cells: ReadonlyMap<string, Interval>, sums: readonly Sum[]): Map<string, Interval> {
  const result = new Map([...cells].map(([name, interval]) => [name, { ...interval }]));
  const at = (name: string) => result.get(name) as Interval;
  for (let changed = true; changed; ) {
    changed = false;
    for (const { total, parts } of sums) {
      const low = parts.reduce((sum, name) => sum + at(name).low, 0);
      const high = parts.reduce((sum, name) => sum + at(name).high, 0);
      const whole = at(total);
      const found: [string, Interval][] = [
        [total, { low, high }],
        ...parts.map((name): [string, Interval] => [
          name,
          { low: whole.low - (high - at(name).high), high: whole.high - (low - at(name).low) },
        ]),
      ];
      for (const [name, interval] of found) {
        const known = at(name);
        const next = { low: Math.max(known.low, interval.low), high: Math.min(known.high, interval.high) };
        if (next.low === known.low && next.high === known.high) continue;
        result.set(name, next);
        changed = true;
      }
    }
  }
  return result;
}
