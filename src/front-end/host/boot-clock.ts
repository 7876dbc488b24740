import { attempt } from './attempt.ts';
import { files } from './files.ts';
import type { BootClock } from './host.ts';

/** More than any of these files of /proc ever holds, in bytes. */
const LIMIT = 256;

/**
 * Linux's CLOCK_BOOTTIME, which no one can turn, and which counts suspension; undefined elsewhere. Read from /proc,
 * since Node has no call for it: its hrtime stands still while the machine is suspended.
 */
export function bootClock(): BootClock | undefined {
  if (process.platform !== 'linux') return undefined;
  const boot = read('/proc/sys/kernel/random/boot_id')?.trim();
  const seconds = Number(read('/proc/uptime')?.split(' ', 1)[0] || Number.NaN);
  if (!boot || !/^[0-9a-f-]{36}$/.test(boot) || Number.isNaN(seconds)) return undefined;
  return { boot, uptime: Math.round((seconds - namespaceOffset()) * 1000) };
}

/** By how many seconds a time namespace has turned this clock; 0 outside of one. */
function namespaceOffset(): number {
  return Number(read('/proc/self/timens_offsets')?.match(/^boottime\s+(-?\d+)/m)?.[1] ?? 0);
}

function read(file: string): string | undefined {
  return attempt(() => files.read(file, LIMIT));
}
