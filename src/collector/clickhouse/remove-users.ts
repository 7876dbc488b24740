import { setTimeout as sleep } from 'node:timers/promises';
import { LONG_TEXTS } from './capacity.ts';
import type { ClickHouse } from './cluster.ts';
import { EVENTS, SENT_COLUMNS } from './schema.ts';
import type { ClickHouseServer } from './server.ts';
import { quorumSettings } from './shipper.ts';

/** A mutation that takes longer has failed, in milliseconds. */
const MUTATION_TIMEOUT = 30 * 60_000;

/** Characters of one condition: a query has 256 KiB where nobody has set it otherwise, and what replicas are told less than 1 MiB. */
const LONGEST = 200_000;

/** Conditions that together hold for an event of any of these users. Old servers know no parameters, so ids are hex. */
export function conditionsOf(ids: Iterable<string>): string[] {
  const keys = [...ids].map((id) => `sipHash64(unhex('${Buffer.from(id).toString('hex')}'))`);
  return inGroups(keys).map((group) => `user_key IN (${group.join()})`);
}

/** In their order, in groups that are short enough for one condition. */
function inGroups(texts: readonly string[]): string[][] {
  const groups: string[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const text of texts) {
    length += text.length;
    if (length > LONGEST) {
      groups.push([]);
      length = text.length;
    }
    groups.at(-1)?.push(text);
  }
  return groups;
}

/** How many events there are. @throws ClickHouseError */
export async function countOf(server: ClickHouseServer, conditions: readonly string[]): Promise<number> {
  let sum = 0;
  for (const condition of conditions) {
    sum += Number((await server.select(`SELECT count() FROM ${EVENTS} WHERE ${condition}`))[0]?.[0]);
  }
  return sum;
}

/**
 * Removes what the shards still have of these users from before they were forgotten, and waits for it.
 * @param ids each with that time, in milliseconds UTC
 * @throws ClickHouseError
 */
export async function removeWhatCameLate(
  clickHouse: ClickHouse,
  ids: ReadonlyMap<string, number>,
): Promise<void> {
  const late = [...ids].map(([id, until]) => `(${conditionsOf([id])} AND received_at <= ${until})`);
  const conditions = inGroups(late).map((group) => `(${group.join(' OR ')})`);
  for (const shard of clickHouse.shards) {
    if ((await countOf(shard, conditions)) === 0) continue;
    await removeFromShard(clickHouse, shard, conditions);
    await untilMutated(shard);
  }
}

/** Tells a shard to remove the events of these conditions; doesn't wait for it. @throws ClickHouseError */
export async function removeFromShard(
  clickHouse: ClickHouse,
  shard: ClickHouseServer,
  conditions: readonly string[],
): Promise<void> {
  for (const condition of conditions) await shard.execute(`ALTER TABLE ${EVENTS} DELETE WHERE ${condition}`);
  if (clickHouse.quorum < 2) return;
  // The part that a quorum has confirmed last isn't touched until there is a later one: a copy of an event that stays.
  const columns = SENT_COLUMNS.join(', ');
  const copy = `INSERT INTO ${EVENTS} (${columns}) SELECT ${columns} FROM ${EVENTS} WHERE NOT (${conditions.join(' OR ')}) LIMIT 1`;
  await shard
    .execute(copy, { ...LONG_TEXTS, ...quorumSettings(clickHouse), insert_deduplicate: 0 })
    .catch(() => {
      // A replica is away. The removal follows the next batch that is confirmed.
    });
}

/** Returns whether a server has carried out in time what it was told to remove. @throws ClickHouseError */
export async function untilMutated(
  server: ClickHouseServer,
  timeout: number = MUTATION_TIMEOUT,
): Promise<boolean> {
  const deadline = performance.now() + timeout;
  const sql = `SELECT count() FROM system.mutations WHERE table = '${EVENTS}' AND database = currentDatabase() AND is_done = 0`;
  while (Number((await server.select(sql))[0]?.[0]) > 0) {
    if (performance.now() > deadline) return false;
    await sleep(200);
  }
  return true;
}
