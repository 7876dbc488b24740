import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** Receives install reports on loopback. */
export interface ReportReceiver extends AsyncDisposable {
  readonly url: string;
  /** The bodies of POST requests with a JSON type, in order of arrival; of other requests, what they were. */
  readonly bodies: readonly string[];
  /** Waits for the first `count` bodies. */
  received(count: number): Promise<readonly string[]>;
  /** Is a request waiting for its answer? */
  isWaitedFor(): boolean;
  /** Waits until nobody is connected. */
  abandoned(): Promise<void>;
}

/** @param stall accept connections and read, and never answer */
export async function startReportReceiver({ stall = false } = {}): Promise<ReportReceiver> {
  const bodies: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const { 'content-type': type } = request.headers;
      bodies.push(
        request.method === 'POST' && type === 'application/json' ? body : `${request.method} ${type}`,
      );
      server.emit('body');
      if (!stall) response.end('{"status":1}');
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => {
      sockets.delete(socket);
      server.emit('gone');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/capture`,
    bodies,
    async received(count) {
      while (bodies.length < count) await once(server, 'body');
      return bodies;
    },
    isWaitedFor: () => sockets.size > 0,
    async abandoned() {
      while (sockets.size > 0) await once(server, 'gone');
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
