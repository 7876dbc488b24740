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
        environment.some((entry) => entry.startsWith('WASP_TELEMETRY_ERRAND='))
      );
    });
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
