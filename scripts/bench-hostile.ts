/**
 * `npm run bench:hostile`: what a hostile endpoint costs the command. A report is due in every run; the endpoints take
 * turns with telemetry switched off, so that a slow minute of the machine hits all of them. What counts is the time
 * until the command's process has ended and its output is closed. Aim: at most 1.1 times that of "off" for `wasp info`
 * in a real project, 1.2 times for `wasp version`, the shortest command that there is, and no sender alive after 11
 * seconds.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectHash } from '../src/front-end/telemetry/project.ts';
import { fetchWasp, realWasp, realWaspData } from './fetch-wasp.ts';
import { fullBacklog } from './full-backlog.ts';
import { listenOnLoopback } from './loopback.ts';
import { median } from './median.ts';
import { path } from './paths.ts';
import { senders, stopSenders } from './senders.ts';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 40);
/** By command. */
const AIMS: Record<string, number> = { info: 1.1, version: 1.2 };
/** Milliseconds within which every sender must be gone. */
const GONE_WITHIN = 11_000;

fetchWasp();
// In a process of its own: forking one that has built a lot takes milliseconds longer.
execFileSync(process.execPath, [path('scripts/build.ts')], { stdio: 'inherit' });

const home = mkdtempSync(join(tmpdir(), 'wasp-bench-hostile-'));
const project = makeRealProject();
const state = join(home, '.cache/wasp/telemetry');
const pause = [join(state, 'claims'), join(state, `project-${projectHash(project)}`)];
const dead = await fullBacklog();

const endpoints: Record<string, string | undefined> = {
  off: undefined,
  answers: http(await listenOnLoopback(createHttpServer(answer((response) => response.end('{"status":1}'))))),
  refuses: http(await refusing()),
  'stalls in connect': http(dead.port),
  'stalls in TLS': https(await listenOnLoopback(createServer(() => {}))),
  'never answers': http(await listenOnLoopback(createHttpServer(() => {}))),
  'stalls in headers': http(
    await listenOnLoopback(createServer((socket) => void socket.write('HTTP/1.1 200 OK\r\nA'))),
  ),
  'stalls in body': http(
    await listenOnLoopback(createHttpServer(answer((response) => void response.writeHead(200).write('{')))),
  ),
  resets: http(
    await listenOnLoopback(
      createServer((socket) => void socket.once('data', () => socket.resetAndDestroy())),
    ),
  ),
  'answers 500': http(
    await listenOnLoopback(createHttpServer(answer((response) => response.writeHead(500).end()))),
  ),
  'answers 429': http(
    await listenOnLoopback(createHttpServer(answer((response) => response.writeHead(429).end()))),
  ),
  redirects: http(
    await listenOnLoopback(
      createHttpServer(
        answer((response) => response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end()),
      ),
    ),
  ),
  'answers 1 GB': http(await listenOnLoopback(createHttpServer(answer(pour)))),
  'a byte a second': http(await listenOnLoopback(createHttpServer(answer(drip)))),
};

const COMMANDS = Object.keys(AIMS);
const times = new Map(COMMANDS.map((command) => [command, new Map<string, number[]>()]));
let slowestSender = 0;
for (let round = -1; round < ROUNDS; round++) {
  for (const [command, byEndpoint] of times) {
    for (const [name, url] of Object.entries(endpoints)) {
      const time = await timeOfRun(command, url);
      // The first round warms up.
      if (round >= 0) byEndpoint.set(name, [...(byEndpoint.get(name) ?? []), time]);
      // A sender that is busy now would be measured with the next command.
      stopSenders(home);
    }
  }
}
for (const url of Object.values(endpoints)) {
  if (url === undefined) continue;
  await timeOfRun('version', url);
  slowestSender = Math.max(slowestSender, await timeUntilGone());
}

const rows = Object.keys(endpoints).map((endpoint) => {
  const cells = COMMANDS.flatMap((command) => {
    const off = median(times.get(command)?.get('off') ?? []);
    const value = median(times.get(command)?.get(endpoint) ?? []);
    return [
      [`${command}, ms`, Number(value.toFixed(1))],
      [`${command}, ratio`, Number((value / off).toFixed(3))],
    ] as const;
  });
  return { endpoint, ...Object.fromEntries(cells) } as { endpoint: string } & Record<string, number>;
});
console.table(rows);
let missed = 0;
for (const [command, aim] of Object.entries(AIMS)) {
  const tooSlow = rows.filter((row) => (row[`${command}, ratio`] ?? 0) > aim).map(({ endpoint }) => endpoint);
  missed += tooSlow.length;
  console.log(
    `${command}, aim ≤ ${aim}: ${tooSlow.length === 0 ? 'met by all' : `missed by ${tooSlow.join(', ')}`}`,
  );
}
console.log(
  `slowest sender gone after ${(slowestSender / 1000).toFixed(1)} s (aim ≤ ${GONE_WITHIN / 1000} s)`,
);
mkdirSync(path('dist'), { recursive: true });
writeFileSync(
  path('dist/bench-hostile.json'),
  `${JSON.stringify({ rounds: ROUNDS, rows, slowestSender }, null, 2)}\n`,
);

dead.close();
rmSync(home, { recursive: true });
process.exit(missed > 0 || slowestSender > GONE_WITHIN ? 1 : 0);

/** What `wasp new` makes; needs the npm registry. */
function makeRealProject(): string {
  const env = { ...process.env, HOME: home, waspc_datadir: realWaspData, WASP_TELEMETRY_DISABLE: '1' };
  execFileSync(realWasp, ['new', 'demo', '-t', 'minimal'], { cwd: home, env, stdio: 'ignore' });
  return join(home, 'demo');
}

/** One command with a report due, from its start to its end, in milliseconds. */
async function timeOfRun(command: string, url: string | undefined): Promise<number> {
  for (const file of pause) rmSync(file, { recursive: true, force: true });
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
  const child = spawn(path('dist/wasp'), [command], {
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

function http(port: number): string {
  return `http://127.0.0.1:${port}/`;
}

function https(port: number): string {
  return `https://127.0.0.1:${port}/`;
}

async function refusing(): Promise<number> {
  const server = createServer();
  const port = await listenOnLoopback(server);
  server.close();
  return port;
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
