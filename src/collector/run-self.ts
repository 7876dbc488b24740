import { execFile } from 'node:child_process';
import { isSea } from 'node:sea';

/** Bytes of answer; a report of a year of days is about one million. */
const LARGEST = 64 * 1024 * 1024;

/**
 * Runs another subcommand of this same program in a process of its own and returns what it prints. Rejects with
 * `execFile`'s error, whose `stderr` says why, if it fails or is stopped by `signal`. `input` is its standard input.
 */
export function runSelf(
  args: readonly string[],
  { signal, input = '' }: { signal: AbortSignal; input?: string },
): Promise<Buffer> {
  const script = isSea() ? [] : [process.argv[1] as string];
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [...script, ...args],
      { maxBuffer: LARGEST, signal, encoding: 'buffer' },
      (error, stdout, stderr) => {
        if (error) reject(Object.assign(error, { stderr: stderr.toString() }));
        else resolve(stdout);
      },
    );
    // One that ends without reading says why by its exit code.
    child.stdin?.on('error', () => {}).end(input);
  });
}
