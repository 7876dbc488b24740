/** Asks every part of the users on every shard, and adds up the answers. */
import { type Capacity, capacityOf } from './capacity.ts';
import type { ClickHouse } from './cluster.ts';
import { type Copies, findCopies } from './copies.ts';
import { EVENTS } from './schema.ts';
import type { UserPart } from './scope.ts';
import type { Cell, ClickHouseServer } from './server.ts';
import { AddedUp, type Sums } from './sums.ts';
import { type UserRange, userRanges } from './user-ranges.ts';

/** Events in one part: what ClickHouse keeps of it in memory stays in the cache of a processor, more or less. */
const PART = 2_000_000;

export interface Asker {
  /**
   * @param sql the query about one part; its columns are `keys` keys and then numbers, which are added up (or of which
   * the smallest is taken, for the names in `smallest` by their position). Asked the same twice, it answers from memory
   */
  sums(sql: (users: UserPart) => string, keys: number, smallest?: readonly number[]): Promise<Sums>;
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
  const sums: Asker['sums'] = async (sql, keys, smallest = []) => {
    const added = new AddedUp(keys, smallest);
    await Promise.all(shards.map((shard) => eachPart(shard, sql, (rows) => added.add(rows))));
    return added;
  };
  return {
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
  readonly capacity: Capacity;
  /** Looked through for copies when they are asked first. */
  readonly parts: readonly { users: UserRange; copies: () => Promise<Copies> }[];
}

async function partsOf(shard: ClickHouseServer, { quarterHour, final }: AskOptions): Promise<Shard> {
  const events = Number((await shard.select(`SELECT count() FROM ${EVENTS}`))[0]?.[0]);
  const ranges = userRanges(Math.ceil(events / PART));
  const capacity = await capacityOf(shard, ranges.length);
  const look = (users: UserRange) => findCopies(shard, users, events, quarterHour, capacity.settings);
  return {
    ...{ shard, capacity },
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

/** Gives the rows of every part to `take`, in no particular order. */
async function eachPart(
  { shard, parts, capacity }: Shard,
  sql: (users: UserPart) => string,
  take: (rows: Cell[][]) => void,
): Promise<void> {
  const rest = [...parts];
  const worker = async () => {
    for (let part = rest.shift(); part !== undefined; part = rest.shift()) {
      const { events } = await part.copies();
      take(await shard.select(sql({ ...part.users, copies: events }), capacity.settings));
    }
  };
  await Promise.all(Array.from({ length: capacity.atOnce }, worker));
}
