/** The servers behind an address: a single one, or one of each shard of a cluster. */
import type { ClickHouseAddress } from './address.ts';
import {
  type Cell,
  ClickHouseError,
  type ClickHouseServer,
  type ConnectionOptions,
  clickHouseServer,
} from './server.ts';

export interface ClickHouse {
  readonly address: ClickHouseAddress;
  /** By number of the shard, one server of each that answers; a single server is one shard. */
  readonly shards: readonly ClickHouseServer[];
  /** Replicas of a shard that have to confirm what is stored: a majority of them; 1 without a cluster. */
  readonly quorum: number;
  close(): Promise<void>;
}

/** A server that doesn't say within so many milliseconds which one it is counts as away. */
const ANSWERS_WITHIN = 15_000;

/**
 * Asks every server of the address which shard it holds, and takes the first of each that answers. In a cluster the
 * address names at least one server of each shard, because their HTTP ports stand nowhere else.
 * @throws ClickHouseError if a shard has no server that answers
 */
export async function connect(
  address: ClickHouseAddress,
  options: ConnectionOptions = {},
): Promise<ClickHouse> {
  const servers = address.servers.map((url) =>
    clickHouseServer(url, { ...address, database: 'system' }, { ...options, timeout: ANSWERS_WITHIN }),
  );
  try {
    const places = await Promise.allSettled(servers.map((server) => placeOf(server, address.cluster)));
    const quorum = Math.max(1, ...places.map(quorumOf));
    const chosen = address.cluster === undefined ? firstOf(places) : oneOfEach(places, address);
    const shards = chosen.map((index) =>
      clickHouseServer(address.servers[index] as string, address, options),
    );
    return {
      address,
      shards,
      quorum,
      close: async () => void (await Promise.all(shards.map((shard) => shard.close()))),
    };
  } finally {
    await Promise.all(servers.map((server) => server.close()));
  }
}

interface Place {
  /** From 1, as ClickHouse counts. */
  shard: number;
  shards: number;
  /** Of this shard. */
  replicas: number;
}

async function placeOf(server: ClickHouseServer, cluster: string | undefined): Promise<Place> {
  if (cluster === undefined) {
    await server.select('SELECT 1');
    return { shard: 1, shards: 1, replicas: 1 };
  }
  const rows = await server.select(
    `SELECT max(if(is_local, shard_num, 0)), uniqExact(shard_num), max(replica_num) FROM system.clusters WHERE cluster = '${cluster}'`,
  );
  const [shard = 0, shards = 0, replicas = 1] = (rows[0] ?? []) as number[];
  if (shard === 0) {
    throw new ClickHouseError(
      `${server.url} is not part of a cluster ${cluster}: see remote_servers in its configuration.`,
      true,
      'no_such_cluster',
    );
  }
  return { shard, shards, replicas };
}

function quorumOf(place: PromiseSettledResult<Place>): number {
  return place.status === 'fulfilled' ? Math.floor(place.value.replicas / 2) + 1 : 1;
}

type Places = readonly PromiseSettledResult<Place>[];

function firstOf(places: Places): number[] {
  const index = places.findIndex((place) => place.status === 'fulfilled');
  if (index < 0) throw reasons(places);
  return [index];
}

function oneOfEach(places: Places, { cluster }: ClickHouseAddress): number[] {
  const known = places.flatMap((place, index) =>
    place.status === 'fulfilled' ? [{ ...place.value, index }] : [],
  );
  const count = known[0]?.shards;
  if (count === undefined) throw reasons(places);
  return Array.from({ length: count }, (_, position) => {
    const found = known.find(({ shard }) => shard === position + 1);
    if (found) return found.index;
    const told = `Shard ${position + 1} of ${count} of the cluster ${cluster} has no server that answers. The address has to name all servers.`;
    const why = places.some(({ status }) => status === 'rejected') ? ` ${reasons(places).message}` : '';
    throw new ClickHouseError(`${told}${why}`, false, 'shard_away');
  });
}

function reasons(places: Places): ClickHouseError {
  const errors = places.flatMap((place) =>
    place.status === 'rejected' ? [place.reason as ClickHouseError] : [],
  );
  return new ClickHouseError(
    errors.map(({ message }) => message).join('; '),
    errors.every(({ isLasting }) => isLasting),
    errors[0]?.reason ?? 'no_answer',
  );
}

/** The same question to every shard, one answer after the other. */
export async function selectFromAll({ shards }: ClickHouse, sql: string): Promise<Cell[][]> {
  return (await Promise.all(shards.map((shard) => shard.select(sql)))).flat();
}
