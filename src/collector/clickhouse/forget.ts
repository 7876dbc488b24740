/** Removes users from every server, and from every receiver's log at its next shipping. */
import { messageOf } from '../errors.ts';
import type { ClickHouseAddress } from './address.ts';
import { connect } from './cluster.ts';
import { idHash } from './forgotten.ts';
import { checkSchema } from './manage-schema.ts';
import { conditionsOf, countOf, removeFromShard, untilMutated } from './remove-users.ts';
import { type ClickHouseServer, type ConnectionOptions, clickHouseServer } from './server.ts';

/** What was found of the users on one server before, and when it was asked again afterwards. */
export interface ForgottenOnServer {
  /** `127.0.0.1:8123` */
  server: string;
  events: number;
  left: number;
  /** Why it couldn't be asked; null if it could. */
  failure: string | null;
}

/** How long is waited while a server is away, in milliseconds. */
const ABSENT_TIMEOUT = 20_000;

/**
 * Returns when every server that answers has been looked at again. If a server is away this is to be repeated when it is
 * back: until then its shard may keep them too. Reports that are received from now on make new users.
 * @throws OperatorError if a shard has no server that answers, or a removal fails
 */
export async function forgetInClickHouse(
  address: ClickHouseAddress,
  ids: readonly string[],
  options: ConnectionOptions = {},
): Promise<ForgottenOnServer[]> {
  const clickHouse = await connect(address, options);
  const servers = address.servers.map((url) => clickHouseServer(url, address, options));
  try {
    await checkSchema(clickHouse);
    const now = Date.now();
    // First, so that no receiver ships them again in the meantime.
    const lines = ids.map((id) => `${idHash(id)}\t${now}\n`).join('');
    await clickHouse.shards[0]?.insert('forgotten', ['id_hash', 'at'], lines);
    const conditions = conditionsOf(ids);
    const before = await Promise.allSettled(servers.map((server) => countOf(server, conditions)));
    const answering = servers.filter((_, index) => before[index]?.status === 'fulfilled');
    await Promise.all(clickHouse.shards.map((shard) => removeFromShard(clickHouse, shard, conditions)));
    // While a replica is away a removal may have to wait for it: what is left is told.
    const timeout = answering.length < servers.length ? ABSENT_TIMEOUT : undefined;
    await Promise.all(answering.map((server) => untilMutated(server, timeout)));
    const after = await Promise.all(answering.map((server) => countOf(server, conditions)));
    return servers.map(({ url }, index) => {
      const found = before[index] as PromiseSettledResult<number>;
      const left = after[answering.indexOf(servers[index] as ClickHouseServer)] ?? 0;
      return found.status === 'fulfilled'
        ? { server: new URL(url).host, events: found.value, left, failure: null }
        : { server: new URL(url).host, events: 0, left: 0, failure: messageOf(found.reason) };
    });
  } finally {
    await Promise.all([clickHouse.close(), ...servers.map((server) => server.close())]);
  }
}
