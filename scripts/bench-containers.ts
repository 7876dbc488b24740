/**
 * `npm run bench:containers [program…]`: what arrives from containers that end with their command. The command is the
 * first process of a namespace, so the kernel ends the sender with it. The programs, dist/wasp unless told, take turns
 * with all lifetimes. Linux only; takes a user who may make namespaces.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { listenOnLoopback } from './loopback.ts';
import { median } from './median.ts';
import { path } from './paths.ts';
import { stopSenders } from './senders.ts';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 10);
/** How long the command itself takes, in seconds. */
const LIFETIMES = [0, 0.05, 0.1, 0.2, 0.5];
/** As long as the wire is waited for where the command goes on, in milliseconds. */
const LONG = 5_000;

const named = process.argv.slice(2);
const programs = named.length > 0 ? named.map((name) => resolve(name)) : [path('dist/wasp')];
const folder = mkdtempSync(join(tmpdir(), 'wasp-bench-containers-'));
const arrivals: number[] = [];
const receiver = createServer((request, response) => {
  request.on('end', () => {
    arrivals.push(performance.now());
    response.end('{"status":1}');
  });
  request.resume();
});
const url = `http://127.0.0.1:${await listenOnLoopback(receiver)}/`;

interface Row {
  readonly program: string;
  readonly version: 'known' | 'asked';
  readonly arrived: Map<number, number>;
  readonly toTheWire: number[];
}
const rows: Row[] = programs.flatMap((program) =>
  (['known', 'asked'] as const).map((version) => ({
    program,
    version,
    arrived: new Map(LIFETIMES.map((seconds) => [seconds, 0])),
    toTheWire: [],
  })),
);

for (let round = 0; round < ROUNDS; round++) {
  for (const { program, version, arrived, toTheWire } of rows) {
    for (const seconds of LIFETIMES) {
      if (await run(program, makeWasp(version, seconds), seconds))
        arrived.set(seconds, (arrived.get(seconds) ?? 0) + 1);
    }
    const time = await run(program, makeWasp(version, LONG / 1000), LONG / 1000);
    if (time !== undefined) toTheWire.push(time);
  }
}
console.table(
  rows.map(({ program, version, arrived, toTheWire }) => ({
    program,
    version,
    ...Object.fromEntries([...arrived].map(([seconds, count]) => [`${seconds} s`, `${count} of ${ROUNDS}`])),
    'to the wire, median ms': Number(median(toTheWire).toFixed(0)),
  })),
);
receiver.close();
receiver.closeAllConnections();
rmSync(folder, { recursive: true, force: true });

/** A Wasp that lives that long. One whose version has to be asked answers after 2 seconds, as a wrapper may. */
function makeWasp(version: Row['version'], seconds: number): string {
  const place = join(folder, `${version}-${seconds}`, version === 'known' ? '0.25.0' : 'wasp');
  mkdirSync(place, { recursive: true });
  const file = join(place, 'wasp-bin');
  writeFileSync(file, `#!/bin/sh\n[ "$1" = version ] && exec sleep 2\nexec sleep ${seconds}\n`);
  chmodSync(file, 0o755);
  return file;
}

/** Milliseconds from the start of the container to the arrival of its report; undefined if none arrived. */
async function run(program: string, wasp: string, seconds: number): Promise<number | undefined> {
  const home = mkdtempSync(join(folder, 'home-'));
  writeFileSync(join(home, '.wasproot'), '');
  arrivals.length = 0;
  const start = performance.now();
  const container = spawn('unshare', ['--pid', '--fork', '--kill-child', '--mount-proc', program, 'info'], {
    cwd: home,
    env: { HOME: home, PATH: process.env.PATH ?? '', WASP_BIN: wasp, WASP_TELEMETRY_URL: url },
    stdio: 'ignore',
  });
  const ended = once(container, 'exit');
  if (seconds * 1000 >= LONG) {
    await Promise.race([once(receiver, 'request'), ended]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    container.kill('SIGKILL');
  }
  await ended;
  stopSenders(home);
  // What had left before the end has arrived by now, on loopback.
  await new Promise((resolve) => setTimeout(resolve, 20));
  rmSync(home, { recursive: true, force: true });
  return arrivals[0] === undefined ? undefined : arrivals[0] - start;
}
