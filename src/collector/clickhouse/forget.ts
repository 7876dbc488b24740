/** Removes users from every server, and from every receiver's log at its next shipping. */
import type { ClickHouseAddress } from './address.ts';
import { connect } from './cluster.ts';
import { idHash } from './forgotten.ts';
import { checkSchema } from './manage-schema.ts';
import { isOfUsers, untilMutated } from './remove-users.ts';
import { EVENTS } from './schema.ts';
import { type ClickHouseServer, type ConnectionOptions, clickHouseServer } from './server.ts';

/** What was found of the users on one server before, and when it was asked again afterwards. */
export interface ForgottenOnServer {
  /** `127.0.0.1:8123` */
  server: string;
  events: number;
  left: number;
}

/**
 * Returns when no server has a report of theirs any more. Reports that are received from now on make new users.
 * @throws OperatorError if a server of the address doesn't answer: it keeps them until it is back and this is repeated
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
    for (const id of ids) {
      await clickHouse.shards[0]?.execute(`INSERT INTO forgotten VALUES ('${idHash(id)}', ${now})`);
    }
    const condition = isOfUsers(ids);
    const before = await Promise.all(servers.map((server) => count(server, condition)));
    await Promise.all(
      clickHouse.shards.map((shard) => shard.execute(`ALTER TABLE ${EVENTS} DELETE WHERE ${condition}`)),
    );
    await Promise.all(servers.map(untilMutated));
    const after = await Promise.all(servers.map((server) => count(server, condition)));
    return servers.map(({ url }, index) => ({
      server: new URL(url).host,
      events: before[index] as number,
      left: after[index] as number,
    }));
  } finally {
    await Promise.all([clickHouse.close(), ...servers.map((server) => server.close())]);
  }
}

async function count(server: ClickHouseServer, condition: string): Promise<number> {
  return Number((await server.select(`SELECT count() FROM ${EVENTS} WHERE ${condition}`))[0]?.[0]);
}
