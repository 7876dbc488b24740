import { execFile } from 'node:child_process';
import { executable } from './collector-process.ts';

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a subcommand of the built executable to its end; `input` is its standard input. */
export function cli(args: readonly string[], input = ''): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(executable, args, { timeout: 30_000 }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
    });
    child.stdin?.end(input);
  });
}
