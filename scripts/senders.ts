import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds after which a process without an environment is one that has none. */
const EXECUTING = 2000;

/** When each process was first seen without an environment, by its id. */
const emptySince = new Map<number, number>();

/** The process ids of the senders that work for this home. Linux only. */
export function senders(home: string): number[] {
  return processIds().filter((pid) => isSender(environmentOf(pid), home));
}

/** Waits until there is none any more; then all that was going to be sent has been. Throws after a minute; a sender has 10 seconds. */
export async function sendersGone(home: string): Promise<void> {
  const deadline = performance.now() + 60_000;
  // One that has just been started by another may not have been listed yet: one look may miss it.
  for (let looks = 0; looks < 3; ) {
    looks = processIds().some((pid) => mayBeSender(pid, home)) ? 0 : looks + 1;
    if (performance.now() > deadline) throw new Error('gave up waiting until no sender is left');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Ends them. */
export function stopSenders(home: string): void {
  for (const pid of senders(home)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

function processIds(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** True also of what can't be told: a process has no environment for an instant while it executes another program. */
function mayBeSender(pid: number, home: string): boolean {
  const environment = environmentOf(pid);
  if (environment !== '') {
    emptySince.delete(pid);
    return isSender(environment, home);
  }
  const since = emptySince.get(pid) ?? performance.now();
  emptySince.set(pid, since);
  return performance.now() - since < EXECUTING;
}

function isSender(environment: string | undefined, home: string): boolean {
  const entries = environment?.split('\0') ?? [];
  return entries.includes(`HOME=${home}`) && entries.some((entry) => entry.startsWith('WASP_TELEMETRY_JOB='));
}

/** Undefined if the process has ended, belongs to another user, or is the kernel's. */
function environmentOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return undefined;
  }
}
