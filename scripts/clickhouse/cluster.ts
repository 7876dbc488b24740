import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './free-port.ts';
import type { RunningServer } from './process.ts';
import { type Ports, type ServerSettings, startClickHouse } from './server.ts';
import { startZooKeeper } from './zookeeper.ts';

/** A ClickHouse of a test's own. Stopped and started again it has the same data and ports. */
export interface TestServer {
  readonly settings: ServerSettings;
  /** `127.0.0.1:8123` */
  readonly address: string;
  /** Of the process that runs at the moment. */
  pid(): number;
  stop(): Promise<void>;
  kill(): Promise<void>;
  start(): Promise<void>;
}

export interface TestCluster {
  /** By shard, by replica. */
  readonly shards: readonly (readonly TestServer[])[];
  readonly coordinator: { stop(): Promise<void>; start(): Promise<void> };
  /** Ends everything and removes its files. */
  close(): Promise<void>;
}

/** One server without a cluster. */
export async function startSingle(settings: Partial<ServerSettings> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'wasp-clickhouse-'));
  const server = await testServer({ folder, ports: (await ports(1))[0] as Ports, ...settings });
  const close = async () => {
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...server, close };
}

/** Two shards of two replicas with one coordinator, with the configuration that docs/clickhouse.md tells. */
export async function startCluster(): Promise<TestCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'wasp-cluster-'));
  const [zookeeper = 0] = await freePorts(1);
  const servers = await ports(4);
  let running: RunningServer = await startZooKeeper(join(folder, 'zookeeper'), zookeeper);
  const started = await Promise.all(
    servers.map((own, server) =>
      testServer({
        folder: join(folder, `ch${server + 1}`),
        ports: own,
        place: { servers, zookeeper, server },
      }),
    ),
  );
  const shards = [started.slice(0, 2), started.slice(2)];
  return {
    shards,
    coordinator: {
      stop: () => running.kill(),
      start: async () => {
        running = await startZooKeeper(join(folder, 'zookeeper'), zookeeper);
      },
    },
    close: async () => {
      await Promise.all([...shards.flat().map((server) => server.kill()), running.kill()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function testServer(settings: ServerSettings): Promise<TestServer> {
  let running = await startClickHouse(settings);
  return {
    settings,
    address: `127.0.0.1:${settings.ports.http}`,
    pid: () => running.pid,
    stop: () => running.stop(),
    kill: () => running.kill(),
    start: async () => {
      running = await startClickHouse(settings);
    },
  };
}

async function ports(count: number): Promise<Ports[]> {
  const all = await freePorts(3 * count);
  return Array.from({ length: count }, (_, index) => {
    const [http = 0, tcp = 0, interserver = 0] = all.slice(3 * index);
    return { http, tcp, interserver };
  });
}
