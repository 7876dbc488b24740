import { execFile } from 'node:child_process';
import { executable } from './collector-process.ts';

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/**
 * Runs a subcommand of the built executable to its end.
 * @param input its standard input
 * @param env beside this process's variables
 * @param wrapper stands before it
 */
export function cli(
  args: readonly string[],
  input: string | Buffer = '',
  env: Readonly<Record<string, string>> = {},
  wrapper: readonly string[] = [],
): Promise<Ended> {
  const [file, ...all] = [...wrapper, executable, ...args];
  const options = { timeout: 100_000, env: { ...process.env, ...env } };
  return new Promise((resolve) => {
    const child = execFile(file as string, all, options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
    });
    child.stdin?.end(input);
  });
}
