import path from 'node:path';
import type { Host } from '../host/host.ts';
import { formatTime, parseTime } from '../host/time.ts';

/**
 * The remembered answer "of these documents there is nothing to show to this version of Wasp", so that the next
 * commands find it out by reading one small file. A file per version: a user's projects may differ in it.
 */
interface Settled {
  /** Of the documents that were looked at: with another one the answer may be another. */
  readonly documents: string;
  /** When that was found. Before it, by a clock that was put right, the answer may be another. */
  readonly from: string;
  /** From then on something is due again. */
  readonly until?: string;
}

/** What an answer is about. */
export interface Question {
  /** The `messages` directory. */
  readonly directory: string;
  /** Names of all documents that count. */
  readonly names: readonly string[];
  /** Of the real Wasp that this run becomes. */
  readonly version: string | undefined;
}

export function isSettled(host: Host, question: Question): boolean {
  try {
    const settled: Settled = JSON.parse(host.files.read(settledFile(question)) ?? '');
    if (settled.documents !== question.names.join(' ')) return false;
    const from = parseTime(settled.from);
    if (from === undefined || host.now() < from) return false;
    return settled.until === undefined || host.now() < (parseTime(settled.until) ?? 0);
  } catch {
    return false;
  }
}

/** @param until milliseconds since the epoch; undefined: as long as the documents stay the same */
export function settle(host: Host, question: Question, until: number | undefined): void {
  const settled: Settled = {
    documents: question.names.join(' '),
    from: formatTime(host.now()),
    ...(until !== undefined && { until: formatTime(until) }),
  };
  host.files.replace(settledFile(question), JSON.stringify(settled));
}

/** Forgets all answers: for a new document, and so that versions of long ago leave no file behind. */
export function unsettle(host: Host, directory: string): void {
  host.files.remove(path.join(directory, 'settled'));
}

/** Capitals are written as numbers: on macOS `rc.1` and `RC.1` would be one file. */
function settledFile({ directory, version }: Question): string {
  const name = (version ?? 'unknown').replace(/[^a-z0-9.+-]/g, (other) => `%${other.charCodeAt(0)}`);
  return path.join(directory, 'settled', `${name}.json`);
}
