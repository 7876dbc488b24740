import type { SpawnSyncOptionsWithStringEncoding } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { attempt, hasCode } from './attempt.ts';
import { files } from './files.ts';
import type { Environment, Program } from './host.ts';
import { spawnDetached } from './spawn-detached.ts';

/** More than a Wasp ever says of its version, in characters. */
const MAX_OUTPUT = 1024 * 1024;

export function self(): Program {
  const standalone = process.getBuiltinModule('node:sea').isSea();
  const script = standalone ? [] : [...process.execArgv, path.resolve(process.argv[1] ?? '')];
  return { file: process.execPath, args: script };
}

export function runDetached(program: Program, env: Environment): void {
  const ended = spawnDetached(program, env);
  if (ended === 0) return;
  if (ended !== undefined) throw new Error(`${program.file} ended with ${ended}`);
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const options = { env, stdio: 'ignore', windowsHide: true, detached: true } as const;
  const { error, status } = withoutDebugOutput(() => spawnSync(program.file, program.args, options));
  if (error) throw error;
  if (status !== 0) throw new Error(`${program.file} ended with ${status}`);
}

/** With NODE_DEBUG=child_process Node would print the whole environment of what is started to the command's stderr. */
function withoutDebugOutput<Result>(action: () => Result): Result {
  const stderr = process.env.NODE_DEBUG && Object.getOwnPropertyDescriptor(process, 'stderr');
  if (!stderr) return action();
  Object.defineProperty(process, 'stderr', { configurable: true, value: { write: () => true } });
  try {
    return action();
  } finally {
    Object.defineProperty(process, 'stderr', stderr);
  }
}

export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
}

export function closeInheritedFiles(): void {
  // Node opens all of its own files close-on-exec. One without that flag came from the caller: a lock that others
  // wait for, a pipe whose reader waits for its end.
  const closeOnExec = 0o2000000;
  for (const fd of files.list('/proc/self/fd').map(Number)) {
    const flags = attempt(() => files.read(`/proc/self/fdinfo/${fd}`))?.match(/^flags:\s*(\d+)$/m)?.[1];
    if (fd > 2 && flags && !(Number.parseInt(flags, 8) & closeOnExec)) attempt(() => fs.closeSync(fd));
  }
}

export function capture(
  program: Program,
  env: Environment,
  timeout: number,
  cwd?: string,
): string | undefined {
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const options: SpawnSyncOptionsWithStringEncoding = {
    env,
    cwd,
    timeout,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'pipe', 'ignore'],
    encoding: 'utf8',
  };
  const { status, stdout } = withoutDebugOutput(() => spawnSync(program.file, program.args, options));
  return status === 0 ? stdout : undefined;
}

export function captureInBackground(
  program: Program,
  env: Environment,
  timeout: number,
): Promise<string | undefined> {
  const { spawn } = process.getBuiltinModule('node:child_process');
  return new Promise((resolve) => {
    // A group of its own: what a script has started ends with the script.
    const child = spawn(program.file, program.args, {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    let output = '';
    const giveUp = () => {
      if (child.pid !== undefined) attempt(() => process.kill(-(child.pid as number), 'SIGKILL'));
      child.stdout.destroy();
      resolve(undefined);
    };
    const timer = setTimeout(giveUp, timeout);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.length > MAX_OUTPUT) giveUp();
    });
    child.on('error', giveUp);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(code === 0 ? output : undefined);
    });
  });
}
