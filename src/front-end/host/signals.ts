import fs from 'node:fs';
import path from 'node:path';
import { attempt } from './attempt.ts';

/** Ids of `process.kill` by their number on Linux. */
const NUMBERS: Readonly<Record<number, NodeJS.Signals>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  10: 'SIGUSR1',
  12: 'SIGUSR2',
  13: 'SIGPIPE',
  14: 'SIGALRM',
  25: 'SIGXFSZ',
};
const TERM = 15;
/** Ignored by a program for itself while it waits for another (INT), or by its language's runtime (PIPE, XFSZ). */
const OF_PARENTS_OWN: readonly NodeJS.Signals[] = ['SIGINT', 'SIGPIPE', 'SIGXFSZ'];
const SHELL = /^(?:-?(?:ba|da|z|k|mk|a|busybox|pdk)?sh|busybox|fish)$/;

/**
 * Signals that this process was started to ignore, as far as can be known. The parent's own tell, since what is
 * ignored is inherited; but shells ignore QUIT, TERM and those of job control for themselves and not for what they
 * start, and other programs ignore INT, PIPE and XFSZ so: those can't be known. docs/architecture.md has the rest.
 */
export function ignoredSignals(): NodeJS.Signals[] {
  const signals = new Set(process.platform === 'linux' ? ofParent() : []);
  // Bash and zsh leave the program that they started in `_`, and nohup passes its environment on.
  if (path.basename(process.env._ ?? '') === 'nohup' || hasInputOfNohup()) signals.add('SIGHUP');
  return [...signals];
}

function ofParent(): NodeJS.Signals[] {
  const status = attempt(() => fs.readFileSync(`/proc/${process.ppid}/status`, 'latin1')) ?? '';
  const ignored = Number.parseInt(status.match(/^SigIgn:\s*([0-9a-f]+)$/m)?.[1]?.slice(-8) ?? '0', 16);
  if (ignored === 0) return [];
  const isSet = (number: number) => (ignored & (1 << (number - 1))) !== 0;
  // An interactive shell ignores TERM for itself.
  const isScript = SHELL.test(status.match(/^Name:\s*(.*)$/m)?.[1] ?? '') && !isSet(TERM);
  const names = Object.entries(NUMBERS).filter(([number]) => isSet(Number(number)));
  return names.map(([, name]) => name).filter((name) => isScript || !OF_PARENTS_OWN.includes(name));
}

/** Where standard input was a terminal, nohup of GNU puts /dev/null there, open for writing only. */
function hasInputOfNohup(): boolean {
  const input = attempt(() => fs.fstatSync(0));
  if (process.platform !== 'linux' || !input?.isCharacterDevice()) return false;
  if (input.rdev !== attempt(() => fs.statSync('/dev/null'))?.rdev) return false;
  const flags = attempt(() => fs.readFileSync('/proc/self/fdinfo/0', 'latin1'))?.match(
    /^flags:\s*(\d+)/m,
  )?.[1];
  return flags !== undefined && (Number.parseInt(flags, 8) & 3) === fs.constants.O_WRONLY;
}
