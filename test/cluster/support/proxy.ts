import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { cleanup } from '../../support/cleanup.ts';

/** What happens to the next connections. */
export type Fault =
  | 'none'
  /** The line is cut when so many bytes have gone to the server. */
  | { cutAfter: number }
  /** The server does its work; its answer gets lost. */
  | 'answer is lost'
  /** Every piece arrives so many milliseconds later. */
  | { delay: number };

export interface Proxy {
  readonly address: string;
  fault: Fault;
  /** Pieces that were delayed. */
  held(): number;
}

/** A line to a server that can be made worse. */
export async function startProxy(target: string): Promise<Proxy> {
  const [host = '', port = ''] = target.split(':');
  const sockets = new Set<Socket>();
  let held = 0;
  const server = createServer((client) => {
    const upstream = connect(Number(port), host);
    const fault = proxy.fault;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => end(client, upstream, sockets));
    }
    pass(client, upstream, fault, () => {
      held += 1;
    });
    upstream.on('data', (piece) => {
      if (fault === 'answer is lost') end(client, upstream, sockets);
      else client.write(piece);
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const proxy: Proxy = { address, fault: 'none', held: () => held };
  cleanup(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return proxy;
}

function pass(client: Socket, upstream: Socket, fault: Fault, onHeld: () => void): void {
  let sent = 0;
  client.on('data', (piece: Buffer) => {
    sent += piece.length;
    if (typeof fault === 'object' && 'cutAfter' in fault && sent > fault.cutAfter) {
      upstream.write(piece.subarray(0, Math.max(0, piece.length - (sent - fault.cutAfter))), () => {
        client.destroy();
        upstream.destroy();
      });
    } else if (typeof fault === 'object' && 'delay' in fault) {
      onHeld();
      setTimeout(() => upstream.writable && upstream.write(piece), fault.delay).unref();
    } else {
      upstream.write(piece);
    }
  });
}

function end(one: Socket, other: Socket, sockets: Set<Socket>): void {
  for (const socket of [one, other]) {
    socket.destroy();
    sockets.delete(socket);
  }
}
