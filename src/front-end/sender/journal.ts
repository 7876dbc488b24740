import path from 'node:path';
import type { Host } from '../host/host.ts';
import { formatTime, parseTime } from '../host/time.ts';
import type { Slot } from '../telemetry/slot.ts';
import type { Reception } from './messages/receive.ts';

/**
 * What became of an attempt.
 * - `delivered`: the receiver took it.
 * - `refused`: the receiver answered, and did not take it.
 * - `not sent`: no byte of it left this machine; the slot was given back.
 * - `unknown`: it left, or its sender was killed, and no answer came.
 */
export type Outcome =
  | { readonly kind: 'delivered' | 'refused'; readonly status: number }
  | { readonly kind: 'not sent' | 'unknown'; readonly why: string };

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
}

/** How many attempts are kept. */
const KEPT = 200;

/**
 * The journal is a folder with a file per attempt: senders of several projects can write at the same time, each file
 * is whole or not there, and forgetting the oldest takes no rewriting.
 * @throws if it can't be written
 */
export function writeAttempt(host: Host, directory: string, attempt: Attempt, projectHash: string): void {
  const folder = journalFolder(directory);
  const name = `${formatTime(attempt.time).replaceAll(':', '-')}-${projectHash}-${attempt.slot}.json`;
  host.files.replace(
    path.join(folder, name),
    `${JSON.stringify({ ...attempt, time: formatTime(attempt.time) })}\n`,
  );
  for (const old of attemptFiles(host, directory).slice(0, -KEPT)) host.files.remove(old);
}

/** All attempts that can be read, oldest first. */
export function readAttempts(host: Host, directory: string): Attempt[] {
  return attemptFiles(host, directory).flatMap((file) => {
    try {
      const { time, ...attempt } = JSON.parse(host.files.read(file) ?? '');
      const parsed = parseTime(time);
      return parsed === undefined || typeof attempt.body !== 'string' || !attempt.outcome?.kind
        ? []
        : [{ time: parsed, ...attempt }];
    } catch {
      return [];
    }
  });
}

/** Forgets all attempts. */
export function clearJournal(host: Host, directory: string): void {
  host.files.remove(journalFolder(directory));
}

export function journalFolder(directory: string): string {
  return path.join(directory, 'attempts');
}

function attemptFiles(host: Host, directory: string): string[] {
  const folder = journalFolder(directory);
  const names = host.files.list(folder).filter((name) => name.endsWith('.json'));
  return names.map((name) => path.join(folder, name));
}
