import path from 'node:path';
import { askVersionInBackground } from '../handoff/version.ts';
import type { Host } from '../host/host.ts';

/** How long a report waits for a Wasp to tell its version, in milliseconds: twice as long as loading the network takes. */
const TIME_TO_ANSWER = 100;

/** A question that is under way. */
export interface Question {
  /** The answer, or undefined if it was too late for the report. */
  readonly inTime: Promise<string | undefined>;
  /** The answer, or undefined if there was none in 2 seconds. */
  readonly atLast: Promise<string | undefined>;
}

/**
 * Asks a Wasp for its version, if it is neither known nor remembered. A container may end with its command, and the
 * sender with it, so a report leaves with what is known in time; the next one has the answer.
 * @param directory the `telemetry` directory
 * @param file the Wasp to ask, undefined if its version is known
 */
export function askInTime(host: Host, directory: string, file: string | undefined): Question {
  const known = file && rememberedVersion(host, directory, file);
  if (!file || known) {
    const answer = Promise.resolve(known);
    return { inTime: answer, atLast: answer };
  }
  const atLast = askVersionInBackground(host, file);
  const tooLate = new Promise<undefined>((resolve) => host.after(TIME_TO_ANSWER, () => resolve(undefined)));
  return { inTime: Promise.race([atLast, tooLate]), atLast };
}

/** What the Wasp in that file said of its version, if it is still the same file. */
export function rememberedVersion(host: Host, directory: string, file: string): string | undefined {
  try {
    const { version, ...seen } = JSON.parse(host.files.read(memory(directory)) ?? '');
    const same = JSON.stringify(seen) === JSON.stringify(identify(host, file));
    return same && typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}

/** Remembers it, if it can. Only of one file: two of unknown version are as rare as they are slow. */
export function rememberVersion(host: Host, directory: string, file: string, version: string): void {
  try {
    host.files.replace(memory(directory), JSON.stringify({ ...identify(host, file), version }));
  } catch {
    // Then it is asked again.
  }
}

function identify(host: Host, file: string): object {
  const stat = host.files.stat(file);
  return { file, identity: stat?.identity, modified: stat?.modified };
}

function memory(directory: string): string {
  return path.join(directory, 'wasp-version.json');
}
