import { writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { makeCertificate } from './certificate.ts';
import { temporaryFolder } from './home.ts';
import {
  startFullBacklog,
  startRaw,
  startRefusing,
  startSilentNameServer,
  unanswered,
} from './misbehaving.ts';
import { canMount, mounted } from './namespace.ts';
import { OWN_ADDRESS } from './own-address.ts';
import { type Answer, startReceiver } from './receiver.ts';
import { DIST_WASP, type Variables } from './run-wasp.ts';

/** An endpoint, set up. */
export interface Endpoint {
  url: string;
  /** Is a sender connected, or trying to be, right now? */
  holds?: () => boolean;
  env?: Variables;
  program?: readonly string[];
  /** What else must be true in the end. */
  finally?: () => void;
}

export interface Case {
  /** The journal's outcome. */
  outcome: { kind: string; status?: number };
  /** May a byte of the request have left this machine? Else the slot has to open again in 15 minutes. */
  left: boolean;
  setUp: () => Promise<Endpoint>;
}

const http = (port: number) => `http://127.0.0.1:${port}/capture`;
const https = (port: number) => `https://127.0.0.1:${port}/capture`;

async function answering(answer: Answer, check?: (sent: number) => void): Promise<Endpoint> {
  const receiver = await startReceiver(answer);
  const holds = () => receiver.connections.size > 0;
  return { url: receiver.url, holds, finally: () => check?.(receiver.bytesWritten()) };
}

/** A header that never ends. */
function drip(socket: Socket): void {
  const timer = setInterval(() => socket.write('H'), 1000);
  socket.on('close', () => clearInterval(timer));
  socket.write('HTTP/1.1 200 OK\r\nX-');
}

/** An endpoint that only the proxy could find, and doesn't. */
async function behindProxy(scheme: string, proxy: (socket: Socket) => void): Promise<Endpoint> {
  const server = await startRaw(proxy);
  const env = { HTTPS_PROXY: `${scheme}://127.0.0.1:${server.port}` };
  return { url: 'https://reports.example/capture', env, holds: () => server.open() > 0 };
}

export const stallingCases: Record<string, Case> = {
  'stalls in connect': {
    outcome: { kind: 'not sent' },
    left: false,
    setUp: async () => {
      const port = await startFullBacklog();
      const before = unanswered(port);
      return { url: http(port), holds: () => unanswered(port) > before };
    },
  },
  'stalls in TLS': {
    outcome: { kind: 'not sent' },
    left: false,
    setUp: async () => {
      const server = await startRaw(() => {});
      return { url: https(server.port), holds: () => server.open() > 0 };
    },
  },
  'lies behind a proxy that says nothing': {
    outcome: { kind: 'not sent' },
    left: false,
    setUp: () => behindProxy('http', () => {}),
  },
  'lies behind a proxy that drips': {
    outcome: { kind: 'not sent' },
    left: false,
    setUp: () => behindProxy('http', drip),
  },
  'lies behind a proxy that makes a tunnel to nothing': {
    outcome: { kind: 'not sent' },
    left: false,
    setUp: () => behindProxy('http', (socket) => void socket.write('HTTP/1.1 200 Established\r\n\r\n')),
  },
  'lies behind a SOCKS proxy that says nothing': {
    outcome: { kind: 'not sent' },
    left: false,
    setUp: () => behindProxy('socks5h', () => {}),
  },
  'takes the request and never answers': {
    outcome: { kind: 'unknown' },
    left: true,
    setUp: () => answering(() => {}),
  },
  'stalls in the headers': {
    outcome: { kind: 'unknown' },
    left: true,
    setUp: async () => {
      const server = await startRaw((socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-'));
      return { url: http(server.port), holds: () => server.open() > 0 };
    },
  },
  'stalls in the body': {
    outcome: { kind: 'delivered', status: 200 },
    left: true,
    setUp: () =>
      answering((_, response) => void response.writeHead(200, { 'content-length': '13' }).write('{"st')),
  },
  'drips a byte a second': {
    outcome: { kind: 'delivered', status: 200 },
    left: true,
    setUp: () =>
      answering((_, response) => {
        response.writeHead(200);
        const drip = setInterval(() => response.write('x'), 1000);
        response.on('close', () => clearInterval(drip));
      }),
  },
  'drips the headers': {
    outcome: { kind: 'unknown' },
    left: true,
    setUp: async () => {
      const server = await startRaw(drip);
      return { url: http(server.port), holds: () => server.open() > 0 };
    },
  },
};

export const quickCases: Record<string, Case> = {
  refuses: {
    outcome: { kind: 'not sent' },
    left: false,
    setUp: async () => ({ url: http(await startRefusing()) }),
  },
  'resets the connection': {
    outcome: { kind: 'unknown' },
    left: true,
    setUp: async () => {
      const server = await startRaw((socket) => void socket.once('data', () => socket.resetAndDestroy()));
      return { url: http(server.port) };
    },
  },
  'resets the TLS handshake': {
    outcome: { kind: 'not sent' },
    left: false,
    setUp: async () => {
      const server = await startRaw((socket) => void socket.once('data', () => socket.resetAndDestroy()));
      return { url: https(server.port) };
    },
  },
  'has a certificate that nobody trusts': {
    outcome: { kind: 'not sent' },
    left: false,
    setUp: async () => {
      const receiver = await startReceiver(undefined, await makeCertificate());
      return { url: receiver.url, finally: () => expect(receiver.requests).toEqual([]) };
    },
  },
  'speaks something else than HTTP': {
    outcome: { kind: 'unknown' },
    left: true,
    setUp: async () => ({ url: http((await startRaw((socket) => void socket.end('220 smtp\r\n'))).port) }),
  },
  'answers 500': {
    outcome: { kind: 'refused', status: 500 },
    left: true,
    setUp: () => answering((_, response) => void response.writeHead(500).end()),
  },
  'answers 429': {
    outcome: { kind: 'refused', status: 429 },
    left: true,
    setUp: () => answering((_, response) => void response.writeHead(429, { 'retry-after': '1' }).end()),
  },
  'redirects elsewhere': {
    outcome: { kind: 'refused', status: 307 },
    left: true,
    setUp: async () => {
      const elsewhere = await startReceiver();
      const redirect: Answer = (_, response) =>
        void response.writeHead(307, { location: elsewhere.url }).end();
      return {
        ...(await answering(redirect)),
        finally: () => expect(elsewhere.connectionCount()).toBe(0),
      };
    },
  },
  'answers with a gigabyte': {
    outcome: { kind: 'delivered', status: 200 },
    left: true,
    setUp: () =>
      answering(
        (_, response) => {
          const block = Buffer.alloc(1 << 20, 'x');
          let blocks = 0;
          response.writeHead(200);
          const pour = () => {
            while (blocks++ < 1024) if (!response.write(block)) return void response.once('drain', pour);
            response.end();
          };
          pour();
        },
        // What the kernel buffers on both sides, and no more.
        (sent) => expect(sent).toBeLessThan(32 << 20),
      ),
  },
};

if (canMount) {
  stallingCases['stalls in DNS'] = {
    outcome: { kind: 'not sent' },
    left: false,
    setUp: async () => {
      const server = await startSilentNameServer(OWN_ADDRESS);
      const file = join(temporaryFolder(), 'resolv.conf');
      writeFileSync(file, `nameserver ${OWN_ADDRESS}\n`);
      return {
        url: 'https://reports.example/capture',
        holds: () => server.queries() > 0,
        program: [...mounted(`mount --bind '${file}' /etc/resolv.conf`), DIST_WASP],
      };
    },
  };
  quickCases['has a name that nobody can tell the address of'] = {
    outcome: { kind: 'not sent' },
    left: false,
    setUp: async () => {
      const file = join(temporaryFolder(), 'resolv.conf');
      writeFileSync(file, 'nameserver 127.77.7.54\n');
      return {
        url: 'https://reports.example/capture',
        program: [...mounted(`mount --bind '${file}' /etc/resolv.conf`), DIST_WASP],
      };
    },
  };
} else console.warn('NOT TESTED, because this user may not mount: endpoints that fail in DNS');
