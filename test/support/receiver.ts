import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { afterwards } from './cleanup.ts';
import { until } from './until.ts';

/** A request as it arrived. */
export interface Received {
  method: string;
  path: string;
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on loopback that records what it is sent. */
export interface Receiver {
  url: string;
  port: number;
  requests: Received[];
  /** Connections that are open now. */
  connections: Set<Socket>;
  /** Every connection that there ever was. */
  connectionCount(): number;
  /** Bytes sent to anyone so far. */
  bytesWritten(): number;
  /** Waits for the first `count` requests. */
  received(count: number): Promise<Received[]>;
  close(): Promise<void>;
}

const accept: Answer = (_, response) => {
  response.setHeader('content-type', 'application/json').end('{"status":1}');
};

/** Starts a receiver that answers as PostHog does, or otherwise; over TLS if it is given a key and certificate. */
export async function startReceiver(
  answer: Answer = accept,
  secure?: { key: string; cert: string },
  listen: { host: string; port: number } = { host: '127.0.0.1', port: 0 },
): Promise<Receiver> {
  const requests: Received[] = [];
  const record: RequestListener = async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const { method = '', url = '', headers } = request;
    requests.push({ method, path: url, headers, body });
    answer(request, response);
  };
  const server = secure ? createSecureServer(secure, record) : createServer(record);
  const connections = new Set<Socket>();
  let connectionCount = 0;
  let bytesWritten = 0;
  server.on('connection', (socket) => {
    connectionCount++;
    connections.add(socket);
    socket
      .on('error', () => {})
      .on('close', () => {
        connections.delete(socket);
        bytesWritten += socket.bytesWritten;
      });
  });
  await new Promise<void>((resolve, reject) =>
    server.on('error', reject).listen(listen.port, listen.host, 1024, resolve),
  );
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of connections) socket.destroy();
      server.close(() => resolve());
    });
  afterwards(close);
  return {
    url: `${secure ? 'https' : 'http'}://${listen.host}:${port}/capture`,
    port,
    requests,
    connections,
    connectionCount: () => connectionCount,
    bytesWritten: () => [...connections].reduce((sum, socket) => sum + socket.bytesWritten, bytesWritten),
    received: (count) => until(`${count} requests arrived`, () => requests.length >= count && requests),
    close,
  };
}
