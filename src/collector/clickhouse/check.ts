import { messageOf } from '../errors.ts';
import type { ClickHouseAddress } from './address.ts';
import { connect } from './cluster.ts';
import { checkSchema } from './manage-schema.ts';
import { EVENTS } from './schema.ts';
import { type ClickHouseServer, type ConnectionOptions, clickHouseServer } from './server.ts';

/** Seconds that a replica may be behind the others. */
const REPLICA_LATE = 300;

/** What is wrong, a sentence each; nothing if all is well. @throws ClickHouseError, OperatorError if that can't be said */
export async function problemsInClickHouse(
  address: ClickHouseAddress,
  options: ConnectionOptions = {},
): Promise<string[]> {
  const clickHouse = await connect(address, options);
  const servers = address.servers.map((url) => clickHouseServer(url, address, options));
  try {
    await checkSchema(clickHouse);
    return (await Promise.all(servers.map(problemsOf))).flat();
  } finally {
    await Promise.all([clickHouse.close(), ...servers.map((server) => server.close())]);
  }
}

async function problemsOf(server: ClickHouseServer): Promise<string[]> {
  const { host } = new URL(server.url);
  try {
    const [replicas, mutations, strangers] = await Promise.all([
      server.select(
        `SELECT table, is_readonly, absolute_delay FROM system.replicas WHERE database = currentDatabase() AND (is_readonly OR absolute_delay > ${REPLICA_LATE})`,
      ),
      server.select(
        'SELECT count() FROM system.mutations WHERE database = currentDatabase() AND is_done = 0 AND create_time < now() - 3600',
      ),
      // A row that was written by hand, or by a version that made keys in another way.
      server.select(`SELECT count() FROM ${EVENTS} WHERE user_key != sipHash64(distinct_id)`),
    ]);
    return [
      ...replicas.map(([table, isReadOnly, delay]) =>
        isReadOnly
          ? `${host}: ${table} can't be written: is the coordinator there?`
          : `${host}: ${table} is ${delay} s behind`,
      ),
      ...(Number(mutations[0]?.[0]) > 0
        ? [`${host}: a removal has not ended for an hour: see system.mutations`]
        : []),
      ...(Number(strangers[0]?.[0]) > 0
        ? [`${host}: ${strangers[0]?.[0]} events lie under another user's key`]
        : []),
    ];
  } catch (error) {
    return [messageOf(error)];
  }
}
