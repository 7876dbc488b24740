/** Asks every part of the users on every shard, and adds up the answers. */
import type { ClickHouse } from './cluster.ts';
import { EVENTS } from './schema.ts';
import { type UserRange, userRanges } from './scope.ts';
import type { Cell, Settings } from './server.ts';

/** Events in one part: what ClickHouse keeps of it in memory stays in the cache of a processor, more or less. */
const PART = 4_000_000;

/** Parts asked for at once, of each shard. */
const AT_ONCE = 2;

/** The texts of queries hold lists: periods, excluded users. */
const SETTINGS: Settings = {
  max_query_size: 64 * 1024 * 1024,
  max_ast_elements: 10_000_000,
  max_expanded_ast_elements: 10_000_000,
  // A condition that is applied before FINAL would choose between copies of an event by the wrong one.
  optimize_move_to_prewhere: 0,
};

/** Sums by key. */
export interface Sums {
  /** @returns the values at this key, zeros if nothing was counted there */
  at(...key: Cell[]): number[];
  /** Every key at which something was counted, with its values. */
  readonly entries: readonly { key: readonly Cell[]; values: readonly number[] }[];
}

export interface Asker {
  /**
   * @param sql the query about one part; its columns are `keys` keys and then numbers, which are added up (or of which
   * the smallest is taken, for the names in `smallest` by their position)
   */
  sums(sql: (users: UserRange) => string, keys: number, smallest?: readonly number[]): Promise<Sums>;
  /** Gives every part's rows to `take`, in no particular order. */
  rows(sql: (users: UserRange) => string, take: (rows: Cell[][]) => void): Promise<void>;
}

/** Looks how much there is, so as to cut it into parts. */
export async function asker(clickHouse: ClickHouse): Promise<Asker> {
  const sizes = await Promise.all(
    clickHouse.shards.map(async (shard) =>
      Number((await shard.select(`SELECT count() FROM ${EVENTS}`))[0]?.[0]),
    ),
  );
  const parts = sizes.map((events) => userRanges(Math.max(1, Math.ceil(events / PART))));
  const rows: Asker['rows'] = async (sql, take) => {
    await Promise.all(
      clickHouse.shards.map((shard, index) =>
        forEachOf(parts[index] as UserRange[], async (users) =>
          take(await shard.select(sql(users), SETTINGS)),
        ),
      ),
    );
  };
  return {
    rows,
    async sums(sql, keys, smallest = []) {
      const added = new Added(keys, smallest);
      await rows(sql, (found) => added.add(found));
      return added;
    },
  };
}

async function forEachOf<Item>(items: readonly Item[], action: (item: Item) => Promise<void>): Promise<void> {
  const rest = [...items];
  const worker = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await action(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

class Added implements Sums {
  readonly #rows = new Map<string, { key: readonly Cell[]; values: number[] }>();
  readonly #keys: number;
  readonly #smallest: readonly number[];

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

/** Long enough for every query of ours. */
const NOTHING: number[] = Array.from({ length: 128 }, () => 0);
