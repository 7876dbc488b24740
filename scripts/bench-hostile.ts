/**
 * `npm run bench:hostile`: what a hostile endpoint costs the command. A report is due in every run; the endpoints take
 * turns with telemetry switched off, so that a slow minute of the machine hits all of them. What counts is the time
 * until the command's process has ended and its output is closed; aim: at most 1.1 times that of "off", and no sender alive after 11 seconds.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fetchWasp, realWasp } from './fetch-wasp.ts';
import { path } from './paths.ts';
import { senders, stopSenders } from './senders.ts';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 40);
const AIM = 1.1;
/** Milliseconds within which every sender must be gone. */
const GONE_WITHIN = 11_000;

fetchWasp();
await import('./build.ts');

const home = mkdtempSync(join(tmpdir(), 'wasp-bench-hostile-'));
const project = join(home, 'project');
mkdirSync(project);
writeFileSync(join(project, '.wasproot'), '');
const closing: (() => void)[] = [];

const endpoints: Record<string, string | undefined> = {
  off: undefined,
  answers: http(await listen(createHttpServer(answer((response) => response.end('{"status":1}'))))),
  refuses: http(await refusing()),
  'stalls in connect': http(await fullBacklog()),
  'stalls in TLS': https(await listen(createServer(() => {}))),
  'never answers': http(await listen(createHttpServer(() => {}))),
  'stalls in headers': http(
    await listen(createServer((socket) => void socket.write('HTTP/1.1 200 OK\r\nA'))),
  ),
  'stalls in body': http(
    await listen(createHttpServer(answer((response) => void response.writeHead(200).write('{')))),
  ),
  resets: http(
    await listen(createServer((socket) => void socket.once('data', () => socket.resetAndDestroy()))),
  ),
  'answers 500': http(await listen(createHttpServer(answer((response) => response.writeHead(500).end())))),
  'answers 429': http(await listen(createHttpServer(answer((response) => response.writeHead(429).end())))),
  redirects: http(
    await listen(
      createHttpServer(
        answer((response) => response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end()),
      ),
    ),
  ),
  'answers 1 GB': http(await listen(createHttpServer(answer(pour)))),
  'a byte a second': http(await listen(createHttpServer(answer(drip)))),
};

const times = new Map(Object.keys(endpoints).map((name) => [name, [] as number[]]));
let slowestSender = 0;
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, url] of Object.entries(endpoints)) {
    times.get(name)?.push(await timeOfRun(url));
    // A sender that is busy now would be measured with the next command.
    stopSenders(home);
  }
}
for (const url of Object.values(endpoints)) {
  if (url === undefined) continue;
  await timeOfRun(url);
  slowestSender = Math.max(slowestSender, await timeUntilGone());
}

const off = median(times.get('off') ?? []);
const rows = [...times].map(([name, all]) => ({
  endpoint: name,
  'median ms': Number(median(all).toFixed(1)),
  ratio: Number((median(all) / off).toFixed(3)),
}));
console.table(rows);
const tooSlow = rows.filter(({ ratio }) => ratio > AIM).map(({ endpoint }) => endpoint);
console.log(`aim ≤ ${AIM}: ${tooSlow.length === 0 ? 'met by all' : `missed by ${tooSlow.join(', ')}`}`);
console.log(
  `slowest sender gone after ${(slowestSender / 1000).toFixed(1)} s (aim ≤ ${GONE_WITHIN / 1000} s)`,
);
mkdirSync(path('dist'), { recursive: true });
writeFileSync(
  path('dist/bench-hostile.json'),
  `${JSON.stringify({ rounds: ROUNDS, rows, slowestSender }, null, 2)}\n`,
);

for (const close of closing) close();
rmSync(home, { recursive: true });
process.exit(tooSlow.length > 0 || slowestSender > GONE_WITHIN ? 1 : 0);

/** One command with a report due, from its start to its end, in milliseconds. */
async function timeOfRun(url: string | undefined): Promise<number> {
  rmSync(join(home, '.cache'), { recursive: true, force: true });
  const settings = url === undefined ? { WASP_TELEMETRY_DISABLE: '1' } : {};
  const env = {
    HOME: home,
    PATH: process.env.PATH ?? '',
    WASP_BIN: realWasp,
    WASP_TELEMETRY_URL: url ?? http(9),
    ...settings,
  };
  const start = performance.now();
  // With pipes: who inherited them keeps them open.
  const child = spawn(path('dist/wasp'), ['version'], {
    cwd: project,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.resume();
  child.stderr.resume();
  await once(child, 'close');
  return performance.now() - start;
}

async function timeUntilGone(): Promise<number> {
  const start = performance.now();
  while (senders(home).length > 0 && performance.now() - start < 2 * GONE_WITHIN) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = 0, high = 0] = [sorted[sorted.length % 2 ? middle : middle - 1], sorted[middle]];
  return (low + high) / 2;
}

function http(port: number): string {
  return `http://127.0.0.1:${port}/`;
}

function https(port: number): string {
  return `https://127.0.0.1:${port}/`;
}

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  server.on('connection', (socket: Socket) => socket.on('error', () => {}));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function refusing(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  return port;
}

/** A stopped process with a full queue: connection attempts get no answer. */
async function fullBacklog(): Promise<number> {
  const code = `const server = require('node:net').createServer();
    server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(server.address().port));`;
  const server = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(server.stdout as Readable, 'data');
  server.kill('SIGSTOP');
  const fillers = Array.from({ length: 8 }, () => connect(Number(line), '127.0.0.1').on('error', () => {}));
  closing.push(() => {
    for (const filler of fillers) filler.destroy();
    server.kill('SIGKILL');
  });
  return Number(line);
}

type Response = Parameters<RequestListener>[1];

/** Reads the request, then answers. */
function answer(respond: (response: Response) => unknown): RequestListener {
  return (request, response) => {
    request.resume().on('end', () => respond(response));
  };
}

function pour(response: Response): void {
  const block = Buffer.alloc(1 << 20);
  let blocks = 0;
  const more = () => {
    while (blocks++ < 1024) if (!response.write(block)) return void response.once('drain', more);
    response.end();
  };
  more();
}

function drip(response: Response): void {
  response.writeHead(200);
  const timer = setInterval(() => response.write('x'), 1000);
  response.on('close', () => clearInterval(timer));
}
