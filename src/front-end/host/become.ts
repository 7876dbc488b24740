import { errorCode } from './error-code.ts';
import type { Environment, Program } from './host.ts';
import { isTerminal } from './terminal.ts';

const IGNORED_BY_NODE: readonly NodeJS.Signals[] = ['SIGPIPE', 'SIGXFSZ'];

/**
 * Replaces this process by another program, whose path is its argv[0]; where the platform has no execve, runs it and
 * ends as it ended. Returns only if the system refused: its error code.
 */
export async function become(program: Program, env: Environment): Promise<string> {
  if (process.execve && process.platform !== 'win32') {
    // What is ignored stays so in the program that follows: `wasp … | head` would go on writing. What is handled
    // goes back to the default.
    for (const signal of IGNORED_BY_NODE) process.on(signal, () => {});
    try {
      process.execve(program.file, [program.file, ...program.args], env as NodeJS.ProcessEnv);
    } catch (error) {
      // Node says on stderr, a moment later, that execve is experimental.
      process.removeAllListeners('warning');
      return errorCode((error as NodeJS.ErrnoException).errno);
    }
  }
  return runAndEndAlike(program, env);
}

/** The way without execve: one process more, the same ending. Returns only if the system refused: its error code. */
export function runAndEndAlike(program: Program, env: Environment): Promise<string> {
  const { spawn } = process.getBuiltinModule('node:child_process');
  // The terminal itself sends these two to the whole foreground group, the child included.
  const fromTerminal: NodeJS.Signals[] = isTerminal(0) || isTerminal(2) ? ['SIGINT', 'SIGQUIT'] : [];
  const all: NodeJS.Signals[] = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'];
  // Before the child starts: a signal in between would end us alone.
  for (const signal of all) {
    process.on(signal, () => void (fromTerminal.includes(signal) || child.kill(signal)));
  }
  const child = spawn(program.file, program.args, { env, stdio: 'inherit' });
  return new Promise((resolve) => {
    child.on('error', ({ errno }: NodeJS.ErrnoException) => resolve(errorCode(errno)));
    child.on('exit', (code, signal) => {
      if (!signal) process.exit(code ?? 1);
      // As a shell would say it, should this signal not end us.
      process.exitCode = 128 + process.getBuiltinModule('node:os').constants.signals[signal];
      for (const name of IGNORED_BY_NODE) process.on(name, () => {});
      // Without its last listener a signal has its default effect.
      for (const name of [...all, ...IGNORED_BY_NODE]) process.removeAllListeners(name);
      process.kill(process.pid, signal);
    });
  });
}
