/** Makes the tables, and makes sure that they are those which this program knows. */
import { OperatorError } from '../errors.ts';
import type { ClickHouseAddress } from './address.ts';
import { type ClickHouse, connect } from './cluster.ts';
import { SCHEMA_VERSION, schema } from './schema.ts';
import type { ClickHouseServer, ConnectionOptions } from './server.ts';

/** Makes database and tables where there are none. Run twice, it changes nothing. */
export async function createSchema(
  address: ClickHouseAddress,
  options: ConnectionOptions = {},
): Promise<void> {
  const { shards, close } = await connect({ ...address, database: 'system' }, options);
  const server = shards[0] as ClickHouseServer;
  try {
    for (const statement of schema(address)) await server.execute(statement);
    const table = `\`${address.database}\`.schema_version`;
    const known = await server.select(`SELECT count() FROM ${table}`);
    if (known[0]?.[0] === 0) {
      await server.execute(`INSERT INTO ${table} VALUES (${SCHEMA_VERSION}, ${Date.now()})`);
    }
  } finally {
    await close();
  }
}

/** @throws OperatorError if there are no tables, or a newer program has made them */
export async function checkSchema({ address, shards }: ClickHouse): Promise<void> {
  const [server] = shards;
  const tables = await server?.select(
    `SELECT count() FROM system.tables WHERE database = '${address.database}' AND name = 'schema_version'`,
  );
  if (tables?.[0]?.[0] !== 1) {
    throw new OperatorError(
      `The database ${address.database} has no tables of the collector. wasp-collector ship --create makes them; clickhouse-schema prints how.`,
    );
  }
  const version = (await server?.select('SELECT max(version) FROM schema_version'))?.[0]?.[0] as number;
  if (version > SCHEMA_VERSION) {
    throw new OperatorError(
      `The tables in ClickHouse are of version ${version}, and this wasp-collector knows up to ${SCHEMA_VERSION}. Use a newer one.`,
    );
  }
}
