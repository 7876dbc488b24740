import type { Environment, Program } from './host.ts';
import { isTerminal } from './terminal.ts';

const IGNORED_BY_NODE: readonly NodeJS.Signals[] = ['SIGPIPE', 'SIGXFSZ'];

/** Replaces this process by another program; where the platform has no execve, runs it and ends as it ended. */
export async function become(program: Program, argv0: string, env: Environment): Promise<never> {
  if (process.execve && process.platform !== 'win32') {
    // What is ignored stays so in the program that follows: `wasp … | head` would go on writing. What is handled
    // goes back to the default.
    for (const signal of IGNORED_BY_NODE) process.on(signal, () => {});
    process.execve(program.file, [argv0, ...program.args], env as NodeJS.ProcessEnv);
  }
  return runAndEndAlike(program, argv0, env);
}

/** The fallback for platforms without execve: one process more, the same ending. */
function runAndEndAlike(program: Program, argv0: string, env: Environment): Promise<never> {
  const { spawn } = process.getBuiltinModule('node:child_process');
  // The terminal itself sends these two to the whole foreground group, the child included.
  const fromTerminal: NodeJS.Signals[] = isTerminal(0) || isTerminal(2) ? ['SIGINT', 'SIGQUIT'] : [];
  const all: NodeJS.Signals[] = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'];
  // Before the child starts: a signal in between would end us alone.
  for (const signal of all) {
    process.on(signal, () => void (fromTerminal.includes(signal) || child.kill(signal)));
  }
  const child = spawn(program.file, program.args, { argv0, env, stdio: 'inherit' });
  return new Promise((_, reject) => {
    child.on('error', reject);
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
