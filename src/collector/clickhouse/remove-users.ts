import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from '../errors.ts';
import { EVENTS } from './schema.ts';
import type { ClickHouseServer } from './server.ts';

/** A mutation that takes longer has failed, in milliseconds. */
const MUTATION_TIMEOUT = 30 * 60_000;

/** The condition on an event that it is of one of these users. Old servers know no parameters, so ids are hex. */
export function isOfUsers(ids: Iterable<string>): string {
  const keys = [...ids].map((id) => `sipHash64(unhex('${Buffer.from(id).toString('hex')}'))`);
  return `user_key IN (${keys.join()})`;
}

/**
 * Removes what a shard still has of these users from before they were forgotten, and waits for it.
 * @param ids each with that time, in milliseconds UTC
 * @throws ClickHouseError
 */
export async function removeFromShard(
  shard: ClickHouseServer,
  ids: ReadonlyMap<string, number>,
): Promise<void> {
  const condition = [...ids]
    .map(([id, until]) => `(${isOfUsers([id])} AND received_at <= ${until})`)
    .join(' OR ');
  if (Number((await shard.select(`SELECT count() FROM ${EVENTS} WHERE ${condition}`))[0]?.[0]) === 0) return;
  await shard.execute(`ALTER TABLE ${EVENTS} DELETE WHERE ${condition}`);
  await untilMutated(shard);
}

/** Returns when a server has carried out what it was told to remove. @throws OperatorError if that takes too long */
export async function untilMutated(server: ClickHouseServer): Promise<void> {
  const deadline = performance.now() + MUTATION_TIMEOUT;
  const sql = `SELECT count() FROM system.mutations WHERE table = '${EVENTS}' AND database = currentDatabase() AND is_done = 0`;
  while (Number((await server.select(sql))[0]?.[0]) > 0) {
    if (performance.now() > deadline) {
      throw new OperatorError(
        `${server.url} has not removed them after 30 minutes: see system.mutations there.`,
      );
    }
    await sleep(200);
  }
}
