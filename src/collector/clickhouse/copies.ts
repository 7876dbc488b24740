/**
 * Events that lie in ClickHouse more than once, because they were sent twice and the parts haven't been merged. To read
 * the table with FINAL takes three times as long as to read it without, so it is looked once, per report, which events
 * have copies. Usually none has.
 */
import { EVENTS } from './schema.ts';
import type { ClickHouseServer } from './server.ts';
import { splitUsers, type UserRange } from './user-ranges.ts';

/** Events looked at together: their hash table stays in the cache of a processor. */
const AT_A_TIME = 500_000;

/** As many are named in a query; beyond that FINAL is quicker. */
const MOST_NAMED = 10_000;

export interface Copies {
  /** Keys of the events that have copies; null if there are too many to name. */
  readonly events: readonly string[] | null;
  /** Events, copies included, of quarter hours before that which was given. */
  readonly settled: number;
}

/**
 * @param events how many there are of these users, roughly
 * @param quarterHour see {@link Copies.settled}
 * @throws ClickHouseError
 */
export async function findCopies(
  shard: ClickHouseServer,
  users: UserRange,
  events: number,
  quarterHour: number,
): Promise<Copies> {
  const found = await Promise.all(
    splitUsers(users, Math.ceil(events / AT_A_TIME)).map(async (part) => {
      const where = `user_key >= ${part.from} AND user_key <= ${part.to}`;
      const sql = `SELECT count(), uniqExact(event), countIf(quarter < ${quarterHour}) FROM ${EVENTS} WHERE ${where}`;
      const [[count = 0, different = 0, settled = 0] = []] = await shard.select(sql, { max_threads: 1 });
      return { settled: Number(settled), keys: count === different ? [] : await keysOf(shard, where) };
    }),
  );
  const keys = found.flatMap((one) => one.keys);
  return {
    events: keys.length > MOST_NAMED ? null : keys,
    settled: found.reduce((sum, one) => sum + one.settled, 0),
  };
}

async function keysOf(shard: ClickHouseServer, where: string): Promise<string[]> {
  const sql = `SELECT toString(event) FROM ${EVENTS} WHERE ${where} GROUP BY event HAVING count() > 1 LIMIT ${MOST_NAMED + 1}`;
  return (await shard.select(sql)).map(([key]) => String(key));
}
