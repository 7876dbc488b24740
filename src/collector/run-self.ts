import { execFile } from 'node:child_process';
import { isSea } from 'node:sea';
import { promisify } from 'node:util';

/** Bytes of answer; a report of a year of days is about one million. */
const LARGEST = 64 * 1024 * 1024;

/**
 * Runs another subcommand of this same program in a process of its own and returns what it prints. Rejects with
 * `execFile`'s error, whose `stderr` says why, if it fails or is stopped by `signal`.
 */
export async function runSelf(args: readonly string[], signal: AbortSignal): Promise<string> {
  const script = isSea() ? [] : [process.argv[1] as string];
  const { stdout } = await promisify(execFile)(process.execPath, [...script, ...args], {
    maxBuffer: LARGEST,
    signal,
  });
  return stdout;
}
