import path from 'node:path';
import type { Host } from '../host/host.ts';
import { formatTime } from '../host/time.ts';
import { withoutLinks } from '../telemetry/directory.ts';
import type { Slot } from '../telemetry/slot.ts';
import { type Attempt, formatAttempt, parseAttempt } from './attempt.ts';

/** How many attempts are kept. */
const KEPT = 200;
/** An attempt is in the future if it is by more than this, in milliseconds. */
const CLOCK_TOLERANCE = 60_000;
/** What an attempt can be, in bytes: a context as long as a variable can be, every character of it escaped twice. */
const LIMIT = 4 * 1024 * 1024;

/** An attempt's file: the time of its claim, its project and its slot. */
export function attemptName(time: number, projectHash: string, slot: Slot): string {
  return `${timeInName(time)}-${projectHash}-${slot}.json`;
}

/**
 * The journal is a folder with a file per attempt: senders of several projects can write at the same time, each file
 * is whole or not there, and forgetting the oldest takes no rewriting.
 * @throws if it can't be written
 */
export function writeAttempt(host: Host, directory: string, name: string, attempt: Attempt): void {
  const folder = withoutLinks(host, directory, journalFolder(directory));
  host.files.replace(path.join(folder, name), formatAttempt(attempt));
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
    return parseAttempt(host.files.read(path.join(folder, name), LIMIT) ?? '');
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

/** How many files are there that this user may not read, or that hold no attempt. */
export function unreadableAttempts(host: Host, directory: string): number {
  const unread = attemptNames(host, directory).filter((name) => !readAttempt(host, directory, name));
  // Not those that a sender has forgotten meanwhile.
  return unread.filter((name) => host.files.stat(path.join(journalFolder(directory), name))).length;
}

/** The files of all attempts, oldest first. Throws if they can't be listed. */
function attemptNames(host: Host, directory: string): string[] {
  const names = host.files.list(journalFolder(directory)).filter((name) => name.endsWith('.json'));
  // What lies in the future was made before the clock was put right. As the newest it would be the last attempt for years.
  const soon = timeInName(host.now() + CLOCK_TOLERANCE);
  return [...names.filter((name) => name > soon), ...names.filter((name) => name <= soon)];
}

function timeInName(time: number): string {
  return formatTime(time).replaceAll(':', '-');
}
