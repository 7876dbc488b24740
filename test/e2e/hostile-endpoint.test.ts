/**
 * Endpoints that stall, break or flood. All cases run at the same time, since most of them take the sender's whole ten
 * seconds; then each is looked at. What it costs the command in time is measured by `npm run bench:hostile`.
 */
import { writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { makeCertificate } from '../support/certificate.ts';
import { Home, temporaryFolder } from '../support/home.ts';
import { startFullBacklog, startRaw, startSilentNameServer, unanswered } from '../support/misbehaving.ts';
import { canMount, mounted } from '../support/namespace.ts';
import { makeSilentWasp } from '../support/programs.ts';
import { type Answer, startReceiver } from '../support/receiver.ts';
import { DIST_WASP, type Ending, runWasp, type Variables } from '../support/run-wasp.ts';
import { senders, sendersGone } from '../support/senders.ts';
import { until } from '../support/until.ts';

const wasp = makeSilentWasp();
const MINUTE = 60_000;

/** An endpoint, set up. */
interface Endpoint {
  url: string;
  /** Is a sender connected, or trying to be, right now? */
  holds?: () => boolean;
  env?: Variables;
  program?: readonly string[];
  /** What else must be true in the end. */
  finally?: () => void;
}

interface Case {
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

const stallingCases: Record<string, Case> = {
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
      const drip = (socket: Socket) => {
        const timer = setInterval(() => socket.write('H'), 1000);
        socket.on('close', () => clearInterval(timer));
        socket.write('HTTP/1.1 200 OK\r\nX-');
      };
      const server = await startRaw(drip);
      return { url: http(server.port), holds: () => server.open() > 0 };
    },
  },
};

const quickCases: Record<string, Case> = {
  refuses: {
    outcome: { kind: 'not sent' },
    left: false,
    setUp: async () => {
      const receiver = await startReceiver();
      await receiver.close();
      return { url: receiver.url };
    },
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

const nameServer = '127.77.7.53';
if (canMount) {
  stallingCases['stalls in DNS'] = {
    outcome: { kind: 'not sent' },
    left: false,
    setUp: async () => {
      const server = await startSilentNameServer(nameServer);
      const file = join(temporaryFolder(), 'resolv.conf');
      writeFileSync(file, `nameserver ${nameServer}\n`);
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

interface Running {
  home: Home;
  endpoint: Endpoint;
  env: Variables;
  ending: Ending;
  /** The command had ended, and the endpoint still held its sender. */
  held: boolean;
}

/** A case under way: the command has ended, the sender perhaps not. */
async function start({ setUp }: Case, stalls = false): Promise<Running> {
  const home = new Home();
  const endpoint = await setUp();
  const env = { ...endpoint.env, WASP_TELEMETRY_URL: endpoint.url, WASP_BIN: wasp };
  const program = endpoint.program;
  const ending = await runWasp(['info'], { home, env, ...(program && { program }) });
  // Looked at here, because a sender does not wait for the other cases.
  const { holds } = endpoint;
  const isHeld = () => until('the endpoint holds the sender', () => holds?.() && senders(home).length > 0);
  const held = stalls ? await isHeld().catch(() => false) : false;
  return { home, endpoint, env, ending, held };
}

const all = { ...stallingCases, ...quickCases };
const running = new Map<string, Running>();

beforeAll(async () => {
  for (const [name, hostile] of Object.entries(all)) {
    running.set(name, await start(hostile, name in stallingCases));
  }
}, 60_000);

const runOf = (name: string) => running.get(name) as Running;

test.each(Object.keys(all))('the command ends as if nothing were, with an endpoint that %s', (name) => {
  expect(runOf(name).ending).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
});

test.each(Object.keys(stallingCases))(
  'the command has ended while an endpoint that %s still holds the sender',
  (name) => expect(runOf(name).held).toBe(true),
);

test.each(Object.entries(all))(
  'its sender is gone soon, and the slot rules hold, with an endpoint that %s',
  async (name, { outcome, left }) => {
    const { home, endpoint, env } = runOf(name);
    await sendersGone(home);
    endpoint.finally?.();
    expect(home.journal().map((attempt) => attempt.outcome)).toEqual([expect.objectContaining(outcome)]);

    const again = async () => {
      await runWasp(['info'], { home, env });
      await sendersGone(home);
      return home.journal().length;
    };
    // Not a sender per command, whatever became of the first.
    expect(await again()).toBe(1);
    const [attempt] = home.journal();
    const pauseIsOver = Date.parse(home.sharedState()._lastCheckIn ?? '') + 12 * 60 * MINUTE;
    const minutes = (pauseIsOver - Date.parse(attempt?.time ?? '')) / MINUTE;
    if (left) expect(minutes).toBe(12 * 60);
    else expect(Math.floor(minutes)).toBe(15);
  },
  40_000,
);

test('a slot that was given back is used again after 15 minutes, and only then', async () => {
  const { home, env } = await start(quickCases.refuses as Case);
  await sendersGone(home);
  home.passHours(14.5 / 60);
  await runWasp(['info'], { home, env });
  await sendersGone(home);
  expect(home.journal()).toHaveLength(1);
  const receiver = await startReceiver();
  home.passHours(1 / 60);
  await runWasp(['info'], { home, env: { ...env, WASP_TELEMETRY_URL: receiver.url } });
  await receiver.received(1);
});

test('a slot that was not given back stays closed for 12 hours', async () => {
  const { home, env } = await start(quickCases['answers 500'] as Case);
  await sendersGone(home);
  home.passHours(11.99);
  const receiver = await startReceiver();
  const open = { ...env, WASP_TELEMETRY_URL: receiver.url };
  await runWasp(['info'], { home, env: open });
  await sendersGone(home);
  expect(receiver.connectionCount()).toBe(0);
  home.passHours(0.02);
  await runWasp(['info'], { home, env: open });
  await receiver.received(1);
});
