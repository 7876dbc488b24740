import { setTimeout as sleep } from 'node:timers/promises';
import type { ClickHouse } from './cluster.ts';
import { EVENTS, SENT_COLUMNS } from './schema.ts';
import type { ClickHouseServer } from './server.ts';
import { quorumSettings } from './shipper.ts';

/** A mutation that takes longer has failed, in milliseconds. */
const MUTATION_TIMEOUT = 30 * 60_000;

/** The condition on an event that it is of one of these users. Old servers know no parameters, so ids are hex. */
export function isOfUsers(ids: Iterable<string>): string {
  const keys = [...ids].map((id) => `sipHash64(unhex('${Buffer.from(id).toString('hex')}'))`);
  return `user_key IN (${keys.join()})`;
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
  const condition = [...ids]
    .map(([id, until]) => `(${isOfUsers([id])} AND received_at <= ${until})`)
    .join(' OR ');
  for (const shard of clickHouse.shards) {
    const found = (await shard.select(`SELECT count() FROM ${EVENTS} WHERE ${condition}`))[0]?.[0];
    if (Number(found) === 0) continue;
    await removeFromShard(clickHouse, shard, condition);
    await untilMutated(shard);
  }
}

/** Tells a shard to remove the events of this condition; doesn't wait for it. @throws ClickHouseError */
export async function removeFromShard(
  clickHouse: ClickHouse,
  shard: ClickHouseServer,
  condition: string,
): Promise<void> {
  await shard.execute(`ALTER TABLE ${EVENTS} DELETE WHERE ${condition}`);
  if (clickHouse.quorum < 2) return;
  // The part that a quorum has confirmed last isn't touched until there is a later one: a copy of an event that stays.
  const columns = SENT_COLUMNS.join(', ');
  const copy = `INSERT INTO ${EVENTS} (${columns}) SELECT ${columns} FROM ${EVENTS} WHERE NOT (${condition}) LIMIT 1`;
  await shard.execute(copy, { ...quorumSettings(clickHouse), insert_deduplicate: 0 }).catch(() => {
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
