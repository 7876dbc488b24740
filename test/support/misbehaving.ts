/** Servers on loopback that do what servers do when they are broken. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { fullBacklog } from '../../scripts/full-backlog.ts';
import { afterwards } from './cleanup.ts';
import { until } from './until.ts';

export interface Misbehaving {
  port: number;
  /** How many connections are open now. */
  open(): number;
}

/** A TCP server that leaves everything to `onConnection`. */
export async function startRaw(onConnection: (socket: Socket) => void): Promise<Misbehaving> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterwards(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, open: () => sockets.size };
}

/** A port where nothing listens, and nothing else will for as long as the tests of the file run: a connection has it. */
export async function startRefusing(): Promise<number> {
  const server = await startRaw(() => {});
  const holder = connect(server.port, '127.0.0.1');
  afterwards(() => holder.destroy());
  await once(holder, 'connect');
  return holder.localPort as number;
}

/** A port of a server that accepts nothing and whose queue is full: a connection attempt gets no answer at all. */
export async function startFullBacklog(): Promise<number> {
  const { port, close } = await fullBacklog();
  afterwards(close);
  await until('connection attempts to the full server get no answer', () => unanswered(port) > 2);
  return port;
}

/** How many connections to a port are being attempted, in vain so far. */
export function unanswered(port: number): number {
  const target = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const SYN_SENT = '02';
  const rows = readFileSync('/proc/net/tcp', 'latin1').split('\n').slice(1);
  return rows.filter((row) => {
    const [, , remote, state] = row.trim().split(/\s+/);
    return remote === target && state === SYN_SENT;
  }).length;
}

/** A name server that never answers. Port 53 is the only one that a resolv.conf can name, so this takes root. */
export async function startSilentNameServer(address: string): Promise<{ queries(): number }> {
  let queries = 0;
  const socket = createSocket('udp4', () => queries++);
  afterwards(() => socket.close());
  await new Promise<void>((resolve, reject) => socket.on('error', reject).bind(53, address, resolve));
  return { queries: () => queries };
}
