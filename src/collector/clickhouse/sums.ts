import type { Cell } from './server.ts';

/** Sums by key. */
export interface Sums {
  /** @returns the values at this key, zeros if nothing was counted there */
  at(...key: Cell[]): number[];
  /** Every key at which something was counted, with its values. */
  readonly entries: readonly { key: readonly Cell[]; values: readonly number[] }[];
}

/** Adds up the answers of parts, whose columns are `keys` keys and then numbers. */
export class AddedUp implements Sums {
  readonly #rows = new Map<string, { key: readonly Cell[]; values: number[] }>();
  readonly #keys: number;
  readonly #smallest: readonly number[];

  /** @param smallest positions of values of which the smallest is kept instead */
  constructor(keys: number, smallest: readonly number[]) {
    this.#keys = keys;
    this.#smallest = smallest;
  }

  add(rows: readonly Cell[][]): void {
    for (const row of rows) {
      const key = row.slice(0, this.#keys);
      const values = row.slice(this.#keys).map(Number);
      const before = this.#rows.get(key.join('\t'));
      if (before)
        before.values = before.values.map((value, index) => this.#together(index, value, values[index] ?? 0));
      else this.#rows.set(key.join('\t'), { key, values });
    }
  }

  #together(index: number, one: number, other: number): number {
    return this.#smallest.includes(index) ? Math.min(one, other) : one + other;
  }

  at(...key: Cell[]): number[] {
    return this.#rows.get(key.join('\t'))?.values ?? NOTHING;
  }

  get entries(): { key: readonly Cell[]; values: readonly number[] }[] {
    return [...this.#rows.values()];
  }
}

/** Long enough for every query of ours: one value for each of 366 days, and some. */
const NOTHING: number[] = Array.from({ length: 512 }, () => 0);
