/**
 * No chain and no loop. A program named `wasp` may be a script that runs the front end again: another copy of it, or a
 * wrapper. What has been run in such a chain stands in the environment, and is not run again.
 *
 * - Through `exec` a process keeps its id, so what a process has run counts in the process with the same id.
 * - What is asked a question (a version, completions) starts nothing that needs `wasp`; there the list counts always.
 * - A wrapper that calls without `exec` looks like the real Wasp whose script calls `wasp`, which has to work. So a
 *   child begins with an empty list. Only after `MAX_DEPTH` front ends inside each other is all that they have run
 *   refused, and from there on for good: one wrapper after the other is refused, until the real Wasp is left or nothing.
 */
import type { Environment, Host } from '../host/host.ts';
import { ownIdentity } from './this-program.ts';

const CHAIN = 'WASP_FRONT_END_CHAIN';
/** Front ends inside each other without `exec`. */
const MAX_DEPTH = 8;
/** More files than any chain runs, unless a wrapper is a new file each time. */
const MAX_FILES = 32;
const QUESTION = 'ask';

/** Files are told by their identity; front ends are among them. */
interface Chain {
  /** The id of the process that has run `here`, or a word for all processes. */
  readonly process: string;
  readonly depth: number;
  /** Run in this process. */
  readonly here: readonly string[];
  /** Run in the processes around this one. */
  readonly around: readonly string[];
  /** Not to be run any more, in whatever process. */
  readonly refused: readonly string[];
}

/** Must a file not be run again? */
export function readTried(host: Host): (identity: string) => boolean {
  const { here, refused } = readChain(host);
  const tried = [...here, ...refused];
  return (identity) => tried.length >= MAX_FILES || tried.includes(identity);
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
  const own = [ownIdentity(host), host.files.stat(file)?.identity].filter((id) => id !== undefined);
  const lists = [[...here, ...own], around, refused].map((list) => [...new Set(list)].slice(-MAX_FILES));
  return { [CHAIN]: [process, depth, ...lists].join(';') };
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
  const all = [...around, ...here];
  return before + 1 < MAX_DEPTH
    ? { process: pid, depth: before + 1, here: [], around: all, refused }
    : { process: pid, depth: 0, here: [], around: [], refused: [...refused, ...all] };
}
