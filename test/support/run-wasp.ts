import { type ChildProcess, spawn } from 'node:child_process';
import { path } from '../../scripts/paths.ts';
import { afterwards } from './cleanup.ts';
import type { Home } from './home.ts';
import { kill } from './kill.ts';
import { killSenders } from './senders.ts';

/** The program under test. */
export const DIST_WASP = path('dist/wasp');

/** Variables of a run; `undefined` removes one that would be there. */
export type Variables = Record<string, string | undefined>;

export interface Run {
  home: Home;
  /** Must hold WASP_TELEMETRY_URL: a run without it would address the real destination. */
  env: Variables;
  /** Default: the home's project. */
  cwd?: string;
  /** What runs instead of dist/wasp. */
  program?: readonly string[];
  input?: string;
}

export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** The variables of a person at a terminal and of nobody's CI: only what is listed here and in `env`. */
export function environment({ home, env }: Pick<Run, 'home' | 'env'>): Record<string, string> {
  if (env.WASP_TELEMETRY_URL === undefined) throw new Error('a run of wasp needs WASP_TELEMETRY_URL');
  const all: Variables = { HOME: home.folder, PATH: `${path('node_modules/.bin')}:/usr/bin:/bin`, ...env };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** Starts `wasp` with pipes for all three standard files. */
export function startWasp(args: readonly string[], run: Run): ChildProcess {
  const [file, ...first] = run.program ?? [DIST_WASP];
  killSendersAfterwards(run.home);
  const child = spawn(file as string, [...first, ...args], {
    cwd: run.cwd ?? run.home.project,
    env: environment(run),
    stdio: 'pipe',
  });
  afterwards(() => kill(child));
  return child;
}

/** Runs `wasp` to its end. */
export async function runWasp(args: readonly string[], run: Run): Promise<Ending> {
  const child = startWasp(args, run);
  child.stdin?.on('error', () => {});
  child.stdin?.end(run.input ?? '');
  return ending(child);
}

/** How a process ended and all that it wrote; bytes as latin1, so that none is lost. */
export function ending(child: ChildProcess): Promise<Ending> {
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('latin1').on('data', (text) => {
      output[name] += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, ...output }));
  });
}

const watched = new Set<Home>();

/** A test that fails must not leave a sender behind. */
function killSendersAfterwards(home: Home): void {
  if (watched.has(home)) return;
  watched.add(home);
  afterwards(() => killSenders(home));
}
