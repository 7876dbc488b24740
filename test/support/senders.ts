import { readdirSync, readFileSync } from 'node:fs';
import type { Home } from './home.ts';
import { until } from './until.ts';

/** Process ids of the senders that serve this home. */
export function senders(home: Home): number[] {
  const ours = (pid: number) => {
    const variables = environmentOf(pid);
    return (
      variables.some((entry) => entry.startsWith('WASP_TELEMETRY_ERRAND=')) &&
      variables.includes(`HOME=${home.folder}`)
    );
  };
  return processes().filter((pid) => isAlive(pid) && ours(pid));
}

/** Waits until no sender serves this home any more; then all that was going to be sent has been. */
export async function sendersGone(home: Home): Promise<void> {
  let looks = 0;
  await until('no sender is left', () => {
    // A process has no environment for an instant while it executes another program: one look may miss it.
    looks = senders(home).length === 0 ? looks + 1 : 0;
    return looks === 3;
  });
}

export function killSenders(home: Home): void {
  for (const pid of senders(home)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
}

/** All process ids. */
export function processes(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** Is there such a process, and is it more than the remains of one? */
export function isAlive(pid: number): boolean {
  return !['Z', 'X', undefined].includes(processState(pid)?.state);
}

/** The state letter and parent of a process, or undefined if there is none. */
export function processState(pid: number): { state: string; parent: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: state ?? '', parent: Number(parent) };
  } catch {
    return undefined;
  }
}

function environmentOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
