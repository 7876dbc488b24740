import path from 'node:path';
import type { Host } from '../host/host.ts';
import { formatTime, parseTime } from '../host/time.ts';
import { withoutLinks } from '../telemetry/directory.ts';
import type { Slot } from '../telemetry/slot.ts';
import type { Reception } from './messages/receive.ts';

/**
 * What became of an attempt.
 * - `delivered`: the receiver took it.
 * - `refused`: the receiver answered, and did not take it.
 * - `not sent`: no byte of it left this machine; the slot was given back.
 * - `abandoned`: its sender has not come to sending it. So it stands from before the sender is started.
 * - `unknown`: it may have left, and no answer came, or the sender was killed before one did.
 */
export type Outcome =
  | { readonly kind: 'delivered' | 'refused'; readonly status: number }
  | { readonly kind: 'not sent' | 'abandoned' | 'unknown'; readonly why: string };

/** One attempt to send a report. */
export interface Attempt {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly command: 'build' | 'deploy' | 'other';
  readonly slot: Slot;
  readonly url: string;
  /** The exact request body. */
  readonly body: string;
  readonly outcome: Outcome;
  /** What became of the messages that came back; absent if there were none, or nothing new. */
  readonly messages?: Reception;
  /** What its sender needs besides; absent once that has begun to send. */
  readonly job?: SenderJob;
}

/** Of an attempt that waits for its sender. */
export interface SenderJob {
  /** The number of the claim. */
  readonly claim: number;
  /** The Wasp to ask for its version, where neither its package nor its folder told it. */
  readonly askVersionOf?: string;
}

/** How many attempts are kept. */
const KEPT = 200;
/** What an attempt can be, in bytes: a context as long as a variable can be, every character of it escaped twice. */
const LIMIT = 4 * 1024 * 1024;

/** An attempt's file: the time of its claim, its project and its slot. */
export function attemptName(time: number, projectHash: string, slot: Slot): string {
  return `${formatTime(time).replaceAll(':', '-')}-${projectHash}-${slot}.json`;
}

/**
 * The journal is a folder with a file per attempt: senders of several projects can write at the same time, each file
 * is whole or not there, and forgetting the oldest takes no rewriting.
 * @throws if it can't be written
 */
export function writeAttempt(host: Host, directory: string, name: string, attempt: Attempt): void {
  const folder = withoutLinks(host, directory, journalFolder(directory));
  const content = JSON.stringify({ ...attempt, time: formatTime(attempt.time) });
  host.files.replace(path.join(folder, name), `${content}\n`);
}

/** Forgets the oldest attempts beyond those that are kept. */
export function tidyJournal(host: Host, directory: string): void {
  const folder = withoutLinks(host, directory, journalFolder(directory));
  for (const old of attemptNames(host, directory).slice(0, -KEPT)) host.files.remove(path.join(folder, old));
}

/** The attempt in a file of the journal, undefined if there is none that can be read. */
export function readAttempt(host: Host, directory: string, name: string): Attempt | undefined {
  try {
    const folder = withoutLinks(host, directory, journalFolder(directory));
    const { time, ...attempt } = JSON.parse(host.files.read(path.join(folder, name), LIMIT) ?? '');
    const parsed = parseTime(time);
    if (parsed === undefined || typeof attempt.body !== 'string' || !attempt.outcome?.kind) return undefined;
    return { time: parsed, ...attempt };
  } catch {
    return undefined;
  }
}

/** All attempts that can be read, oldest first. */
export function readAttempts(host: Host, directory: string): Attempt[] {
  return attemptNames(host, directory).flatMap((name) => readAttempt(host, directory, name) ?? []);
}

/** Forgets all attempts. */
export function clearJournal(host: Host, directory: string): void {
  host.files.remove(journalFolder(directory));
}

export function journalFolder(directory: string): string {
  return path.join(directory, 'attempts');
}

/** How many attempts this user may not read. */
export function closedAttempts(host: Host, directory: string): number {
  return attemptNames(host, directory).filter((name) => {
    try {
      host.files.read(path.join(journalFolder(directory), name), LIMIT);
      return false;
    } catch {
      return true;
    }
  }).length;
}

/** The files of all attempts, oldest first. Throws if they can't be listed. */
function attemptNames(host: Host, directory: string): string[] {
  return host.files.list(journalFolder(directory)).filter((name) => name.endsWith('.json'));
}
