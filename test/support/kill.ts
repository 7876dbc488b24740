import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Kills a process unless it has ended, and resolves when it is gone: what it wrote can be removed then. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
