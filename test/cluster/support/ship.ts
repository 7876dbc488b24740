import { type ChildProcess, spawn } from 'node:child_process';
import { path } from '../../../scripts/paths.ts';
import { parseAddress } from '../../../src/collector/clickhouse/address.ts';
import { type ClickHouseServer, clickHouseServer } from '../../../src/collector/clickhouse/server.ts';
import { type ShipOptions, shipLog } from '../../../src/collector/clickhouse/ship-log.ts';
import type { Shipped } from '../../../src/collector/clickhouse/shipped.ts';
import { cleanup } from '../../support/cleanup.ts';
import { kill } from '../../support/kill.ts';

/** Ships all of a log in this process, once. */
export function shipEverything(
  options: Pick<ShipOptions, 'dataDir' | 'store' | 'address'>,
): Promise<Shipped> {
  return shipLog({ ...options, follow: false, signal: new AbortController().signal, onChange: () => {} });
}

/** `wasp-collector ship` as a process. */
export function spawnShip(dataDir: string, to: string, ...options: string[]): ChildProcess {
  const args = [path('bin/wasp-collector.ts'), 'ship', '--data', dataDir, '--to', to, ...options];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env } });
  cleanup(() => kill(child));
  return child;
}

/** Its exit code and what it said. */
export async function ended(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  const output = outputOf(child);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output: output() };
}

/** What it has said until now. */
export function outputOf(child: ChildProcess): () => string {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (piece) => {
      output += piece;
    });
  }
  return () => output;
}

/** Asks the first server of an address something that has one number as its answer. */
export function numberFrom(address: string, sql: string): Promise<number> {
  return atFirstServer(address, async (server) => Number((await server.select(sql))[0]?.[0]));
}

/** Has the first server of an address do something. */
export function executeAt(address: string, sql: string): Promise<void> {
  return atFirstServer(address, (server) => server.execute(sql));
}

async function atFirstServer<T>(
  address: string,
  action: (server: ClickHouseServer) => Promise<T>,
): Promise<T> {
  const parsed = parseAddress(address);
  const server = clickHouseServer(parsed.servers[0] as string, parsed);
  try {
    return await action(server);
  } finally {
    await server.close();
  }
}

/** Does something with every server of an address. */
export async function eachServer(
  address: string,
  action: (server: ClickHouseServer) => Promise<void>,
): Promise<void> {
  const parsed = parseAddress(address);
  for (const url of parsed.servers) {
    const server = clickHouseServer(url, parsed);
    await action(server).finally(() => server.close());
  }
}
