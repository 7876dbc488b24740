/** The sender's way to the network, and the only place that loads got. */
import type http from 'node:http';
import type { LookupFunction, Socket } from 'node:net';
import tls, { type TLSSocket } from 'node:tls';
import got, { type Request } from 'got';
import type { Environment } from '../host/host.ts';
import { proxyFor } from './proxy.ts';

/** How much of an answer is read, in bytes (docs/spec.md section 3). */
const MAX_ANSWER = 64 * 1024;

/** What OpenSSL says of a certificate that is signed by one that it doesn't know. */
const UNKNOWN_ISSUER: ReadonlySet<string> = new Set([
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_UNTRUSTED',
]);

const LOCALHOST = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

interface Asked {
  readonly method: 'GET' | 'POST';
  readonly body?: string;
  readonly headers: Record<string, string>;
}

/** An answer, or why there is none and whether part of the request may have left this machine. */
export type Delivery =
  | {
      readonly status: number;
      readonly answer: string;
      /** False if the answer was longer than {@link MAX_ANSWER} or broke off. */
      readonly whole: boolean;
      readonly etag: string | undefined;
    }
  | { readonly why: string; readonly mayHaveLeft: boolean };

/**
 * Posts JSON once: no retry, no redirect, at most `timeout` milliseconds over everything from the look-up of the name
 * to the last byte of the answer. Never throws.
 * @param env for the proxy, if any; one that can't be used is never passed by
 */
export function post(url: string, body: string, timeout: number, env: Environment): Promise<Delivery> {
  return exchange(
    url,
    { method: 'POST', body, headers: { 'content-type': 'application/json' } },
    timeout,
    env,
  );
}

/** As {@link post}, but asks for a file, unless it is still the one with this ETag: then the status is 304. */
export function get(
  url: string,
  etag: string | undefined,
  timeout: number,
  env: Environment,
): Promise<Delivery> {
  const headers = etag === undefined ? {} : { 'if-none-match': etag };
  return exchange(url, { method: 'GET', headers }, timeout, env);
}

/**
 * Reading the system's certificates takes longer than all the rest. Where nothing says that they will be needed, as a
 * variable or a proxy does, they are read after the first handshake has failed for want of them, which is before a byte
 * of the request has left.
 */
async function exchange(url: string, asked: Asked, timeout: number, env: Environment): Promise<Delivery> {
  const start = performance.now();
  const secure = url.startsWith('https:');
  const needed = secure && (env.SSL_CERT_FILE || env.SSL_CERT_DIR || proxyFor(url, env) !== undefined);
  const first = await exchangeOnce(url, asked, timeout, env, needed ? allCertificates() : undefined);
  if (!('unknownIssuer' in first)) return first;
  return exchangeOnce(url, asked, timeout - (performance.now() - start), env, allCertificates());
}

/** @param certificates that are trusted; undefined for Node's own */
async function exchangeOnce(
  url: string,
  { headers, ...asked }: Asked,
  timeout: number,
  env: Environment,
  certificates: string[] | undefined,
): Promise<Delivery | (Delivery & { unknownIssuer: true })> {
  let mayHaveLeft = false;
  let response: http.IncomingMessage | undefined;
  let whole = false;
  const answer: Buffer[] = [];
  try {
    const request = got.stream(url, {
      ...asked,
      ...(await wayTo(url, env, certificates)),
      ...(new URL(url).hostname === 'localhost' && { dnsLookup: lookUpLocalhost }),
      headers: { ...headers, 'user-agent': 'wasp' },
      retry: { limit: 0 },
      followRedirect: false,
      throwHttpErrors: false,
      decompress: false,
    });
    onConnected(request, () => {
      mayHaveLeft = true;
    });
    request.on('response', (answered: http.IncomingMessage) => {
      response = answered;
    });
    whole = await inTime(readAnswer(request, answer), timeout);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const failed = { why: message, mayHaveLeft };
    const lacksIssuer = certificates === undefined && !mayHaveLeft && UNKNOWN_ISSUER.has(code);
    if (!response) return lacksIssuer ? { ...failed, unknownIssuer: true } : failed;
  }
  if (!response) return { why: 'the connection ended without an answer', mayHaveLeft };
  return {
    status: response.statusCode ?? 0,
    answer: Buffer.concat(answer).subarray(0, MAX_ANSWER).toString(),
    whole,
    etag: response.headers.etag,
  };
}

/**
 * The result, or an error if it isn't there after `timeout` milliseconds. Not got's own limit: a request that waits for
 * a proxy to make a tunnel is never told that its time is up.
 */
function inTime<Result>(result: Promise<Result>, timeout: number): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error(`no answer in ${(timeout / 1000).toFixed(1)} seconds`)),
    timeout,
  );
  return Promise.race([result, promise]).finally(() => clearTimeout(timer));
}

/** Reads into `answer`; false if there is more than is read. */
async function readAnswer(request: AsyncIterable<Buffer>, answer: Buffer[]): Promise<boolean> {
  let read = 0;
  for await (const chunk of request) {
    answer.push(chunk);
    read += chunk.length;
    if (read >= MAX_ANSWER) return false;
  }
  return true;
}

/** Certificates and proxy, where there is anything to say of them. Throws if the proxy can't be used. */
async function wayTo(url: string, env: Environment, ca: string[] | undefined) {
  const proxy = proxyFor(url, env);
  if (proxy && 'refused' in proxy) throw new Error(proxy.refused);
  const secure = ca && { https: { certificateAuthority: ca } };
  return proxy ? { ...secure, ...(await (await import('./proxy-agent.ts')).byProxy(proxy, ca)) } : secure;
}

/**
 * `localhost` is this machine, whatever the hosts file or a name server says, as curl has it too (RFC 6761, section 6.3):
 * what may go there without TLS must not leave the machine.
 */
const lookUpLocalhost: LookupFunction = (_, { all, family }, callback) => {
  const found = LOCALHOST.filter((one) => !family || family === one.family || family === `IPv${one.family}`);
  if (all) callback(null, found);
  else callback(null, found[0]?.address ?? '', found[0]?.family);
};

/** Calls back once the connection is such that the request's bytes go out: over TLS that is after the handshake. */
function onConnected(request: Request, callback: () => void): void {
  request.on('request', (clientRequest: http.ClientRequest) => {
    clientRequest.on('socket', (socket: Socket | TLSSocket) => {
      const shakingHands =
        'encrypted' in socket && (socket as TLSSocket & { secureConnecting: boolean }).secureConnecting;
      if (shakingHands) socket.once('secureConnect', callback);
      else if (socket.connecting) socket.once('connect', callback);
      else callback();
    });
  });
}

/** Node's certificates and the system's, each once: each is parsed for each connection. */
function allCertificates(): string[] {
  const known = tls.getCACertificates('default');
  try {
    return [...new Set([...known, ...tls.getCACertificates('system')])];
  } catch {
    return known;
  }
}
