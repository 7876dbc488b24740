/** The listener: routes, limits on time and connections, draining. */
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Published } from '../messages/published.ts';
import type { Event } from '../store/event.ts';
import type { Inserted } from '../store/insert.ts';
import { answerMessages, answerRefusal, answerStored, answerText } from './answer.ts';
import { type CaptureOptions, capture } from './capture.ts';
import { Committer } from './committer.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { rateLimit } from './rate-limit.ts';
import { REFUSALS, type Refusal } from './refusal.ts';
import { routeOf, takesMessages } from './route.ts';
import { isLocal, senderAddress } from './sender-address.ts';

/** PEM. */
export interface Certificate {
  cert: string | Buffer;
  key: string | Buffer;
}

export interface IngestOptions {
  host: string;
  /** 0: any free one. */
  port: number;
  /** Without it: plain HTTP, for loopback or a proxy. */
  tls?: Certificate | undefined;
  trustProxy?: boolean | undefined;
  /** Keys that are served; all of them if there is none. */
  apiKeys?: readonly string[] | undefined;
  /** Requests per second from one address, events per second for one key; Infinity: no limit. */
  addressLimit?: number | undefined;
  keyLimit?: number | undefined;
  /** Milliseconds in which a request must have arrived as a whole. */
  requestTimeout?: number | undefined;
  insert(events: readonly Event[]): Inserted;
  /** What the maintainers say at the time of the call. */
  messages?: (() => Published | undefined) | undefined;
  /** A line for the operator. */
  log(line: string): void;
  /** Milliseconds UTC; a parameter so that tests can move it. */
  clock?: (() => number) | undefined;
}

export interface Ingest {
  address: AddressInfo;
  metrics: Metrics;
  /** Connections made from now on get the new certificate. */
  replaceCertificate(certificate: Certificate): void;
  /** Stops listening, lets every request that has begun end, commits. Resolves when all is on the disk. */
  drain(): Promise<void>;
}

/** With 64 KiB of body each: 128 MiB at the very most. */
const CONNECTION_LIMIT = 2048;
/** Milliseconds that open requests get at the end. */
const DRAIN_LIMIT = 10_000;

/** Resolves when connections are accepted; rejects with Node's error if the address can't be had. */
export async function startIngest(options: IngestOptions): Promise<Ingest> {
  const { trustProxy = false, apiKeys = [], requestTimeout = 10_000, log } = options;
  const server = createServer(options.tls, requestTimeout);
  let connections = 0;
  let draining = false;
  const metrics = createMetrics(() => connections);
  const committer = new Committer({
    insert: options.insert,
    onCommit: metrics.committed,
    onFailure: (error) => log(`the store failed: ${error instanceof Error ? error.message : error}`),
  });
  const addressAllowance = rateLimit(options.addressLimit ?? 100, () => performance.now());
  const captureOptions: Omit<CaptureOptions, 'addressAllowance'> = {
    committer,
    metrics,
    clock: options.clock ?? Date.now,
    acceptsKey: apiKeys.length === 0 ? () => true : (key) => apiKeys.includes(key),
    keyAllowance: rateLimit(options.keyLimit ?? 50_000, () => performance.now()),
    onBug: (error) => log(`a bug, please report it: ${error instanceof Error ? error.stack : error}`),
  };

  server.on('connection', (socket: Socket) => {
    connections += 1;
    socket.once('close', () => {
      connections -= 1;
    });
  });
  server.on('request', onRequest);
  // Without a listener Node would ask for the whole body of `Expect: 100-continue` before we could look at its size.
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (Number(request.headers['content-length'] ?? 0) <= 64 * 1024) response.writeContinue();
    onRequest(request, response);
  });
  server.on('clientError', onClientError);

  function onRequest(request: IncomingMessage, response: ServerResponse): void {
    if (draining) response.setHeader('connection', 'close');
    response.once('finish', () => metrics.answered(response.statusCode));
    const refuse = (reason: Refusal) => {
      metrics.refused(reason);
      answerRefusal(response, reason);
    };
    switch (routeOf(request.url ?? '')) {
      case 'capture':
        if (request.method !== 'POST') refuse('wrong_method');
        else receive(request, response);
        return;
      case 'messages':
        sendMessages(request, response, refuse);
        return;
      case 'health':
        answerText(response, draining ? 503 : 200, draining ? '{"status":"draining"}' : '{"status":"ok"}');
        return;
      case 'metrics':
        if (!isLocal(request)) refuse('not_found');
        else {
          void metrics.text().then((text) => answerText(response, 200, text, 'text/plain; version=0.0.4'));
        }
        return;
      default:
        refuse('not_found');
    }
  }

  function receive(request: IncomingMessage, response: ServerResponse): void {
    const sender = senderAddress(request, trustProxy);
    if (!addressAllowance(sender)) {
      metrics.refused('address_limit');
      answerRefusal(response, 'address_limit');
      return;
    }
    const allowance = (events: number) => addressAllowance(sender, events);
    capture(request, { ...captureOptions, addressAllowance: allowance }, (captured) => {
      // Draining may have begun since the request did.
      if (draining) response.setHeader('connection', 'close');
      if (captured === 'stored') {
        answerStored(response, takesMessages(request.url ?? '') ? options.messages?.() : undefined);
      } else if (captured !== 'aborted') answerRefusal(response, captured);
    });
  }

  function sendMessages(
    request: IncomingMessage,
    response: ServerResponse,
    refuse: (reason: Refusal) => void,
  ): void {
    const published = options.messages?.();
    if (!published || (request.method !== 'GET' && request.method !== 'HEAD')) refuse('not_found');
    else if (!addressAllowance(senderAddress(request, trustProxy))) refuse('address_limit');
    else answerMessages(response, published);
  }

  function onClientError(error: NodeJS.ErrnoException, socket: Socket): void {
    const reason = clientErrorReason(error);
    metrics.refused(reason);
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const { status, text } = REFUSALS[reason];
    metrics.answered(status);
    socket.end(`HTTP/1.1 ${status} ${text}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`, () =>
      socket.destroy(),
    );
  }

  await listen(server, options.host, options.port);
  return {
    address: server.address() as AddressInfo,
    metrics,
    replaceCertificate(certificate) {
      if ('setSecureContext' in server)
        (server as ReturnType<typeof createHttpsServer>).setSecureContext(certificate);
    },
    async drain() {
      draining = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_LIMIT);
      await closed;
      clearTimeout(deadline);
      committer.flush();
    },
  };
}

function createServer(tls: Certificate | undefined, requestTimeout: number): Server {
  const limits = {
    requestTimeout,
    headersTimeout: requestTimeout,
    // How often the two above are looked at.
    connectionsCheckingInterval: Math.min(1000, requestTimeout / 4),
    maxHeaderSize: 8 * 1024,
    keepAliveTimeout: 5000,
    noDelay: true,
  };
  const server = tls
    ? createHttpsServer({ ...limits, ...tls, handshakeTimeout: requestTimeout })
    : createHttpServer(limits);
  server.maxConnections = CONNECTION_LIMIT;
  server.maxHeadersCount = 100;
  return server;
}

function clientErrorReason(error: NodeJS.ErrnoException): Refusal {
  switch (error.code) {
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

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, backlog: 1024 }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
