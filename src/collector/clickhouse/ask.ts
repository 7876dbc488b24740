/** Asks every part of the users on every shard, and adds up the answers. */
import type { ClickHouse } from './cluster.ts';
import { type Copies, findCopies } from './copies.ts';
import { EVENTS } from './schema.ts';
import type { UserPart } from './scope.ts';
import type { Cell, ClickHouseServer, Settings } from './server.ts';
import { AddedUp, type Sums } from './sums.ts';
import { type UserRange, userRanges } from './user-ranges.ts';

/** Events in one part: what ClickHouse keeps of it in memory stays in the cache of a processor, more or less. */
const PART = 2_000_000;

/** Parts asked for at once, of each shard. */
const AT_ONCE = 2;

/** The texts of queries hold lists: periods, excluded users. */
export const LONG_TEXTS: Settings = {
  max_query_size: 64 * 1024 * 1024,
  max_ast_elements: 10_000_000,
  max_expanded_ast_elements: 10_000_000,
};

/** A condition that is applied before FINAL would choose between copies of an event by the wrong one. */
const WITH_FINAL: Settings = { ...LONG_TEXTS, optimize_move_to_prewhere: 0 };

export interface Asker {
  /**
   * @param sql the query about one part; its columns are `keys` keys and then numbers, which are added up (or of which
   * the smallest is taken, for the names in `smallest` by their position). Asked the same twice, it answers from memory
   */
  sums(sql: (users: UserPart) => string, keys: number, smallest?: readonly number[]): Promise<Sums>;
  /** Gives every part's rows to `take`, in no particular order. */
  rows(sql: (users: UserPart) => string, take: (rows: Cell[][]) => void): Promise<void>;
  /** Have events come since the first question that may be copies of others, and were counted twice then? */
  mayHaveCountedTwice(): Promise<boolean>;
}

export interface AskOptions {
  /** Copies can come only of events before that quarter hour; those of the current one are too young. */
  quarterHour: number;
  /** Read everything with FINAL: slower, and right whatever comes meanwhile. */
  final: boolean;
}

/** Looks how much there is, so as to cut it into parts. */
export async function asker(clickHouse: ClickHouse, options: AskOptions): Promise<Asker> {
  const shards = await Promise.all(clickHouse.shards.map((shard) => partsOf(shard, options)));
  const known = new Map<string, Promise<Sums>>();
  const rows: Asker['rows'] = async (sql, take) => {
    await Promise.all(
      shards.flatMap(({ shard, parts }) =>
        forEachOf(parts, async (part) => {
          const copies = await part.copies();
          const settings = copies.events === null ? WITH_FINAL : LONG_TEXTS;
          take(await shard.select(sql({ ...part.users, copies: copies.events }), settings));
        }),
      ),
    );
  };
  const sums: Asker['sums'] = async (sql, keys, smallest = []) => {
    const added = new AddedUp(keys, smallest);
    await rows(sql, (found) => added.add(found));
    return added;
  };
  return {
    rows,
    sums(sql, keys, smallest) {
      const question = sql(NOBODY);
      const answer = known.get(question) ?? sums(sql, keys, smallest);
      known.set(question, answer);
      return answer;
    },
    async mayHaveCountedTwice() {
      if (options.final) return false;
      const grown = await Promise.all(shards.map((shard) => hasGrown(shard, options)));
      return grown.includes(true);
    },
  };
}

/** To tell questions apart: with lists of users they would be long. */
const NOBODY: UserPart = { from: '0', to: '0', copies: [] };

interface Shard {
  readonly shard: ClickHouseServer;
  /** Looked through for copies when they are asked first. */
  readonly parts: readonly { users: UserRange; copies: () => Promise<Copies> }[];
}

async function partsOf(shard: ClickHouseServer, { quarterHour, final }: AskOptions): Promise<Shard> {
  const events = Number((await shard.select(`SELECT count() FROM ${EVENTS}`))[0]?.[0]);
  const ranges = userRanges(Math.ceil(events / PART));
  const look = (users: UserRange) => findCopies(shard, users, events / ranges.length, quarterHour);
  return {
    shard,
    parts: ranges.map((users) => ({
      users,
      copies: final ? async () => ALL_FINAL : once(() => look(users)),
    })),
  };
}

const ALL_FINAL: Copies = { events: null, settled: 0 };

function once<T>(action: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= action();
    return result;
  };
}

/** More events of quarter hours that are over than when it was looked for copies. Merges only make them fewer. */
async function hasGrown({ shard, parts }: Shard, { quarterHour }: AskOptions): Promise<boolean> {
  const before = await Promise.all(parts.map(({ copies }) => copies()));
  const sql = `SELECT count() FROM ${EVENTS} WHERE quarter < ${quarterHour}`;
  const now = Number((await shard.select(sql))[0]?.[0]);
  return now > before.reduce((sum, { settled }) => sum + settled, 0);
}

async function forEachOf<Item>(items: readonly Item[], action: (item: Item) => Promise<void>): Promise<void> {
  const rest = [...items];
  const worker = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await action(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
