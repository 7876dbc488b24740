import { type ChildProcess, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { join } from 'node:path';

/** A server of a test's own: it ends with the process that started it, at the latest. */
export interface RunningServer {
  readonly pid: number;
  /** Ends it as an administrator would, and returns when it has ended. */
  stop(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

/**
 * Starts a program and returns when `isReady` holds.
 * @param folder its output goes to `output` in there
 * @throws with the place of its output, if it ends or isn't ready within a minute
 */
export async function startServer(
  command: string,
  args: readonly string[],
  folder: string,
  isReady: () => Promise<boolean>,
): Promise<RunningServer> {
  const output = join(folder, 'output');
  const file = openSync(output, 'a');
  const child = spawn(command, args, { cwd: folder, stdio: ['ignore', file, file] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  const killIt = () => void child.kill('SIGKILL');
  process.once('exit', killIt);
  void ended.then(() => process.off('exit', killIt));
  await Promise.race([failed, untilReady(child, isReady, `${command} (its output: ${output})`)]);
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
  };
  return { pid: child.pid as number, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

async function untilReady(child: ChildProcess, isReady: () => Promise<boolean>, name: string): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!(await isReady().catch(() => false))) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`${name} has ended`);
    if (performance.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`${name} was not ready within a minute`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
