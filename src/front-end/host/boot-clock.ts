import { attempt } from './attempt.ts';
import { files } from './files.ts';
import type { BootClock } from './host.ts';

/** More than either file of /proc ever holds, in bytes. */
const LIMIT = 256;

/**
 * Linux's CLOCK_BOOTTIME, which no one can turn, and which counts suspension; undefined elsewhere. Read from /proc,
 * since Node has no call for it: its hrtime stands still while the machine is suspended.
 */
export function bootClock(): BootClock | undefined {
  if (process.platform !== 'linux') return undefined;
  const boot = attempt(() => files.read('/proc/sys/kernel/random/boot_id', LIMIT))?.trim();
  const seconds = Number(attempt(() => files.read('/proc/uptime', LIMIT))?.split(' ', 1)[0] || Number.NaN);
  if (!boot || !/^[0-9a-f-]{36}$/.test(boot) || Number.isNaN(seconds)) return undefined;
  return { boot, uptime: Math.round(seconds * 1000) };
}
