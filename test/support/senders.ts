import { readdirSync, readFileSync } from 'node:fs';
import { senders as sendersOf, sendersGone as sendersOfGone, stopSenders } from '../../scripts/senders.ts';
import type { Home } from './home.ts';

/** Process ids of the senders that serve this home. */
export function senders(home: Home): number[] {
  return sendersOf(home.folder);
}

/** Waits until no sender serves this home any more; then all that was going to be sent has been. */
export function sendersGone(home: Home): Promise<void> {
  return sendersOfGone(home.folder);
}

export function killSenders(home: Home): void {
  stopSenders(home.folder);
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
