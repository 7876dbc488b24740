/**
 * `npm run bench`: what the front end costs. All variants take turns in one go, so that a slow minute of the machine
 * hits them all; the medians and their ratios are printed and written to dist/bench.json.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectHash } from '../src/front-end/telemetry/project.ts';
import { fetchWasp, npmLauncher, realWasp, realWaspData } from './fetch-wasp.ts';
import { listenOnLoopback } from './loopback.ts';
import { median } from './median.ts';
import { path } from './paths.ts';
import { senders, stopSenders } from './senders.ts';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 40);

fetchWasp();
// In a process of its own: forking one that has built a lot takes milliseconds longer.
execFileSync(process.execPath, [path('scripts/build.ts')], { stdio: 'inherit' });

const home = mkdtempSync(join(tmpdir(), 'wasp-bench-'));
const project = join(home, 'project');
mkdirSync(project);
writeFileSync(join(project, '.wasproot'), '');
const receiver = createServer((_, response) => response.end('{"status":1}'));
const silent = createServer(() => {});
const receiverUrl = `http://127.0.0.1:${await listenOnLoopback(receiver)}/`;
const silentUrl = `http://127.0.0.1:${await listenOnLoopback(silent)}/`;

interface Variant {
  readonly command: readonly [string, ...string[]];
  readonly env?: Record<string, string>;
  /** Forget the pause before each run, so that a report is due. */
  readonly due?: boolean;
}

const frontEnd = path('dist/wasp');
const base = { HOME: home, PATH: process.env.PATH ?? '', WASP_TELEMETRY_URL: receiverUrl };
const variants: Record<string, Variant> = {
  'real Wasp, bare': {
    command: [realWasp, 'version'],
    env: { waspc_datadir: realWaspData, WASP_TELEMETRY_DISABLE: '1' },
  },
  'node -e 0': { command: [process.execPath, '-e', '0'] },
  'front end, paused': { command: [frontEnd, 'version'], env: { WASP_BIN: realWasp } },
  'front end, disabled': {
    command: [frontEnd, 'version'],
    env: { WASP_BIN: realWasp, WASP_TELEMETRY_DISABLE: '1' },
  },
  'front end, due': { command: [frontEnd, 'version'], env: { WASP_BIN: realWasp }, due: true },
  'front end, due, endpoint never answers': {
    command: [frontEnd, 'version'],
    env: { WASP_BIN: realWasp, WASP_TELEMETRY_URL: silentUrl },
    due: true,
  },
  'a Tab, answered by the front end': {
    command: [frontEnd, 'completion:list'],
    env: { WASP_BIN: realWasp, COMP_LINE: 'wasp telemetry ' },
  },
  'npm launcher': {
    command: [process.execPath, npmLauncher, 'version'],
    env: { WASP_TELEMETRY_DISABLE: '1' },
  },
};

/** What holds the pause; the identity stays, as it does on all reports but the very first. */
const state = join(home, '.cache/wasp/telemetry');
const pause = [join(state, 'claims'), join(state, `project-${projectHash(project)}`)];
const times = Object.fromEntries(Object.keys(variants).map((name) => [name, [] as number[]]));
run(variants['front end, due'] as Variant);
for (let round = -3; round < ROUNDS; round++) {
  // In a new order each time: what ran before warms or cools the machine for what runs next.
  const order = Object.entries(variants).sort(() => Math.random() - 0.5);
  for (const [name, variant] of order) {
    const time = run(variant);
    if (round >= 0) times[name]?.push(time);
  }
}

const medians = Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]));
const of = (name: string) => medians[name] ?? Number.NaN;
const ratios = [
  ['paused / npm launcher', of('front end, paused') / of('npm launcher'), 0.7],
  ['due / npm launcher', of('front end, due') / of('npm launcher'), 0.8],
  [
    'due, never answers / npm launcher',
    of('front end, due, endpoint never answers') / of('npm launcher'),
    0.8,
  ],
  ['paused / (bare + node -e 0)', of('front end, paused') / (of('real Wasp, bare') + of('node -e 0')), 1.04],
  ['a Tab / paused', of('a Tab, answered by the front end') / of('front end, paused'), 1],
] as const;
const resident = await measureResident();

console.log(`\nwasp version, ${ROUNDS} interleaved runs, median ms`);
for (const [name, value] of Object.entries(medians))
  console.log(`  ${name.padEnd(42)}${value.toFixed(1).padStart(7)}`);
console.log('\nratios, and the goals');
for (const [name, value, goal] of ratios) {
  console.log(
    `  ${name.padEnd(42)}${value.toFixed(2).padStart(7)}   ${goal}  ${value <= goal ? 'met' : 'MISSED'}`,
  );
}
console.log('\nresident while the real Wasp runs, besides the real Wasp itself, MB');
for (const [name, value] of Object.entries(resident))
  console.log(`  ${name.padEnd(42)}${value.toFixed(0).padStart(7)}`);
writeFileSync(
  path('dist/bench.json'),
  `${JSON.stringify({ rounds: ROUNDS, medians, ratios, resident }, null, 2)}\n`,
);
console.log('\nwritten to dist/bench.json');

stopSenders(home);
receiver.close();
silent.close();
silent.closeAllConnections();
rmSync(home, { recursive: true, force: true });

/** Milliseconds until the process has exited; senders are none of its business, and out of the next run's way. */
function run({ command: [file, ...args], env, due }: Variant): number {
  if (due) for (const file of pause) rmSync(file, { recursive: true, force: true });
  const start = performance.now();
  const { status, error } = spawnSync(file, args, {
    cwd: project,
    env: { ...base, ...env },
    stdio: 'ignore',
  });
  const time = performance.now() - start;
  if (error ?? status !== 0) throw error ?? new Error(`${file} ended with ${status}`);
  if (due) stopSenders(home);
  return time;
}

/** `wasp new` without a name waits for an answer: long enough to look who else is there. */
async function measureResident(): Promise<Record<string, number>> {
  const result: Record<string, number> = {};
  for (const name of ['front end, paused', 'front end, due, endpoint never answers', 'npm launcher']) {
    const { command, env, due } = variants[name] as Variant;
    if (due) for (const file of pause) rmSync(file, { recursive: true, force: true });
    const [file, ...args] = [...command.slice(0, -1), 'new'] as unknown as [string, ...string[]];
    const child = spawn(file, args, {
      cwd: project,
      env: { ...base, ...env },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    await new Promise((asked) => child.stdout.once('data', asked));
    if (due) while (senders(home).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    // A sender needs a moment to load what it needs.
    if (due) await new Promise((resolve) => setTimeout(resolve, 2000));
    result[name] = familyOf(child).reduce((sum, pid) => sum + residentMB(pid), 0);
    for (const pid of [child.pid as number, ...familyOf(child)]) process.kill(pid, 'SIGKILL');
  }
  return result;
}

/** The launched process if it is not the real Wasp itself by now, and all senders. */
function familyOf(child: ChildProcess): number[] {
  const launched =
    readFileSync(`/proc/${child.pid}/comm`, 'utf8').trim() === 'wasp-bin' ? [] : [child.pid as number];
  return [...launched, ...senders(home)];
}

function residentMB(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(status.match(/^VmRSS:\s+(\d+) kB$/m)?.[1] ?? 0) / 1024;
}
