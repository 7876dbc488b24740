/**
 * No chain and no loop. A program named `wasp` may be a script that runs the front end again: another copy of it, or a
 * wrapper. What has been run in such a chain stands in the environment, and is not run again.
 *
 * - Through `exec` a process keeps its id, so what a process has run counts in the process with the same id.
 * - What is asked a question (a version, completions) starts nothing that needs `wasp`; there the list counts always.
 * - A wrapper that calls without `exec` looks like the real Wasp whose script calls `wasp`, which has to work. So a
 *   child begins with an empty list. But what has run inside itself `MAX_ALIKE` times, each time with the same arguments
 *   in the same folder, is refused; or else a wrapper that tries six times would have run 6^8 times before the depth ends it.
 * - After `MAX_DEPTH` front ends inside each other all that they have run is refused.
 * - What is refused stays so: one wrapper after the other, until the real Wasp is left or nothing.
 */
import type { Environment, Host } from '../host/host.ts';
import { callOf } from './call.ts';
import { ownIdentity } from './this-program.ts';

const CHAIN = 'WASP_FRONT_END_CHAIN';
/** Front ends inside each other without `exec`. */
const MAX_DEPTH = 8;
/** The same, of the same call. */
export const MAX_ALIKE = 3;
/** More files than any chain runs, unless a wrapper is a new file each time. */
const MAX_FILES = 32;
const QUESTION = 'ask';

/** Runs of files: what identifies the file, a slash, and what the call was. Front ends are among them. */
interface Chain {
  /** The id of the process that has run `here`, or a word for all processes. */
  readonly process: string;
  readonly depth: number;
  /** Run in this process. */
  readonly here: readonly string[];
  /** Run in the processes around this one. */
  readonly around: readonly string[];
  /** Files that are not to be run any more, in whatever process, by their identity. */
  readonly refused: readonly string[];
}

/** Must a file not be run again? */
export function readTried(host: Host): (identity: string) => boolean {
  const { here, refused } = readChain(host);
  const tried = [...here.map(fileOf), ...refused];
  return (identity) => tried.length >= MAX_FILES || tried.includes(identity);
}

/** Is there a list of what was run? A wrapper may have cleared the environment. */
export function hasChain(host: Host): boolean {
  return Number.isSafeInteger(Number(host.env[CHAIN]?.split(';')[1]));
}

/** The variable for the program that this process becomes. */
export function markHandOff(host: Host, file: string): Environment {
  return mark(host, readChain(host), file);
}

/** The variable for a program that is asked a question. */
export function markQuestion(host: Host, file: string): Environment {
  return mark(host, { ...readChain(host), process: QUESTION }, file);
}

function mark(host: Host, { process, depth, here, around, refused }: Chain, file: string): Environment {
  const call = callOf(host);
  const files = [ownIdentity(host), host.files.stat(file)?.identity].filter((id) => id !== undefined);
  const runs = [...new Set([...here, ...files.map((id) => `${id}/${call}`)])];
  const lists = [runs, around, [...new Set(refused)]].map((list) => list.slice(-MAX_FILES));
  return { [CHAIN]: [process, depth, ...lists].join(';') };
}

function fileOf(run: string): string {
  return run.split('/', 1)[0] ?? '';
}

function readChain(host: Host): Chain {
  const pid = String(host.pid);
  const [process, depthText, ...lists] = host.env[CHAIN]?.split(';') ?? [];
  const before = Number(depthText);
  if (!Number.isSafeInteger(before) || before < 0) {
    return { process: pid, depth: 0, here: [], around: [], refused: [] };
  }
  const [here = [], around = [], refused = []] = lists.map((list) => list.split(',').filter(Boolean));
  if (process === pid || process === QUESTION) return { process, depth: before, here, around, refused };
  const all = [...around, ...here].slice(-2 * MAX_FILES);
  const isDeep = before + 1 >= MAX_DEPTH;
  const loops = isDeep ? all : all.filter((run) => all.filter((other) => other === run).length >= MAX_ALIKE);
  const known = { process: pid, here: [], refused: [...new Set([...refused, ...loops.map(fileOf)])] };
  return isDeep ? { ...known, depth: 0, around: [] } : { ...known, depth: before + 1, around: all };
}
