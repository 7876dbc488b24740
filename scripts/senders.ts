import { readdirSync, readFileSync } from 'node:fs';

/** The process ids of the senders that work for this home. Linux only. */
export function senders(home: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const environment = environmentOf(pid);
      return (
        environment.includes(`HOME=${home}`) &&
        environment.some((entry) => entry.startsWith('WASP_TELEMETRY_JOB='))
      );
    });
}

/** Waits until there is none any more; then all that was going to be sent has been. Throws after 25 seconds. */
export async function sendersGone(home: string): Promise<void> {
  const deadline = performance.now() + 25_000;
  // A process has no environment for an instant while it executes another program: one look may miss it.
  for (let looks = 0; looks < 3; ) {
    looks = senders(home).length === 0 ? looks + 1 : 0;
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

function environmentOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
