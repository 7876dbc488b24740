/**
 * Events that lie in ClickHouse more than once, because they were sent twice and the parts haven't been merged. To read
 * the table with FINAL takes three times as long as to read it without, so it is looked once, per report, which events
 * have copies. Usually none has.
 */
import { EVENTS } from './schema.ts';
import type { ClickHouseServer, Settings } from './server.ts';
import type { UserRange } from './user-ranges.ts';

/** Events compared with each other, about: so few that their hash table stays in the processor's cache. */
const AT_A_TIME = 4096;

/** As many are named in a query; beyond that FINAL is quicker. */
const MOST_NAMED = 10_000;

export interface Copies {
  /** Keys of the events that have copies; null if there are too many to name. */
  readonly events: readonly string[] | null;
  /** Events, copies included, of quarter hours before that which was given. */
  readonly settled: number;
}

/**
 * @param all how many events the shard has, roughly
 * @param quarterHour see {@link Copies.settled}
 * @throws ClickHouseError
 */
export async function findCopies(
  shard: ClickHouseServer,
  { from, to }: UserRange,
  all: number,
  quarterHour: number,
  settings: Settings,
): Promise<Copies> {
  const where = `user_key >= ${from} AND user_key <= ${to}`;
  // Neighbours in the order of the table have the same highest bits.
  const bits = Math.ceil(Math.log2(Math.max(2, all / AT_A_TIME)));
  const sql = `SELECT sum(rows), sum(events), sum(settled) FROM (
    SELECT count() AS rows, uniqExact(event) AS events, countIf(quarter < ${quarterHour}) AS settled
    FROM ${EVENTS} WHERE ${where} GROUP BY bitShiftRight(user_key, ${64 - bits}))`;
  const [[rows = 0, events = 0, settled = 0] = []] = await shard.select(sql, settings);
  const keys = Number(rows) === Number(events) ? [] : await keysOf(shard, where, settings);
  return { events: keys.length > MOST_NAMED ? null : keys, settled: Number(settled) };
}

async function keysOf(shard: ClickHouseServer, where: string, settings: Settings): Promise<string[]> {
  const sql = `SELECT toString(event) FROM ${EVENTS} WHERE ${where} GROUP BY event HAVING count() > 1 LIMIT ${MOST_NAMED + 1}`;
  return (await shard.select(sql, settings)).map(([key]) => String(key));
}
