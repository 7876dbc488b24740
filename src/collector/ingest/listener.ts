/** The socket side: TLS or not, limits on time, headers and connections, and an end to all of it. */
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { BODY_LIMIT } from './read-body.ts';
import { REFUSALS, type Refusal } from './refusal.ts';

/** PEM. */
export interface Certificate {
  cert: string | Buffer;
  key: string | Buffer;
}

export interface ListenerOptions {
  host: string;
  /** 0: any free one. */
  port: number;
  /** Without it: plain HTTP, for loopback or a proxy. */
  tls?: Certificate | undefined;
  /** Milliseconds in which a request must have arrived as a whole. */
  requestTimeout: number;
  onRequest: RequestListener;
  /** What never became a request; it has been answered with the reason's status where that was possible. */
  onRefused(reason: Refusal): void;
}

export interface Listener {
  address: AddressInfo;
  /** Open ones. */
  connections(): number;
  /** Connections made from now on get the new certificate. */
  replaceCertificate(certificate: Certificate): void;
  /** Accepts nothing new; resolves when every connection has ended, `limit` milliseconds later by force. */
  close(limit: number): Promise<void>;
}

/** With 64 KiB of body each: 128 MiB at the very most. */
const CONNECTION_LIMIT = 2048;

/** Resolves when connections are accepted; rejects with Node's error if the address can't be had. */
export async function openListener(options: ListenerOptions): Promise<Listener> {
  const { onRequest, onRefused } = options;
  const server = createServer(options);
  // Our own list, since Node's has no connection whose TLS handshake isn't complete.
  const connections = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  server.on('request', onRequest);
  // Without a listener Node asks for the body of `Expect: 100-continue` before its size is looked at.
  server.on('checkContinue', (request, response) => {
    if (Number(request.headers['content-length'] ?? 0) <= BODY_LIMIT) response.writeContinue();
    onRequest(request, response);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const reason = reasonOf(error);
    onRefused(reason);
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    else socket.end(lastWords(reason), () => socket.destroy());
  });
  // Node reports an unfinished handshake and leaves the connection open.
  server.on('tlsClientError', (_error: Error, socket: Socket) => socket.destroy());

  await listen(server, options);
  return {
    address: server.address() as AddressInfo,
    connections: () => connections.size,
    replaceCertificate(certificate) {
      if (options.tls) (server as HttpsServer).setSecureContext(certificate);
    },
    async close(limit) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const deadline = setTimeout(() => {
        for (const connection of connections) connection.destroy();
      }, limit);
      await closed;
      clearTimeout(deadline);
    },
  };
}

function createServer({ tls, requestTimeout }: ListenerOptions): Server {
  const limits = {
    requestTimeout,
    headersTimeout: requestTimeout,
    // How often the two above are looked at.
    connectionsCheckingInterval: Math.min(1000, requestTimeout / 4),
    maxHeaderSize: 8 * 1024,
    keepAliveTimeout: 5000,
  };
  const server = tls
    ? createHttpsServer({ ...limits, ...tls, handshakeTimeout: requestTimeout })
    : createHttpServer(limits);
  server.maxConnections = CONNECTION_LIMIT;
  server.maxHeadersCount = 100;
  return server;
}

function reasonOf({ code }: NodeJS.ErrnoException): Refusal {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 'slow';
    case 'HPE_HEADER_OVERFLOW':
      return 'headers_too_large';
    case 'ECONNRESET':
      return 'aborted';
    default:
      return 'bad_http';
  }
}

/** An answer without a response object: there is no request that it could belong to. */
function lastWords(reason: Refusal): string {
  const { status, text } = REFUSALS[reason];
  return `HTTP/1.1 ${status} ${text}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`;
}

function listen(server: Server, { host, port }: ListenerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, backlog: 1024 }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
