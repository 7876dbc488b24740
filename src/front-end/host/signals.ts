import fs from 'node:fs';
import path from 'node:path';
import { attempt } from './attempt.ts';

/** Numbers of signals on Linux. */
const [HUP, QUIT, USR1, USR2, ALRM, TERM, CHLD] = [1, 3, 10, 12, 14, 15, 17];
const [TSTP, TTIN, TTOU] = [20, 21, 22];
/** Shells that show what they ignore as what it is. Not ksh, which handles it, nor fish, which ignores PIPE for itself. */
const SHELL = /^-?(?:ba|da|z|mk|a)?sh$|^busybox$/;
/** By the shell that runs a script, what it ignores for itself only, or sets back for what it starts; if not QUIT. */
const OF_SCRIPTS: Readonly<Record<string, readonly number[]>> = {
  dash: [],
  mksh: [],
  zsh: [QUIT, TSTP, TTIN, TTOU],
};
/** Ignored by an interactive shell for itself, and not for what it starts. */
const OF_INTERACTIVE_SHELLS = [QUIT, TERM, TSTP, TTIN, TTOU];
/** Not ignored by a program for itself while it waits for another, as INT and QUIT are, nor by a language, as PIPE is. */
const RARELY_ONES_OWN = [HUP, USR1, USR2, ALRM];

/**
 * Signals that this process was started to ignore, as far as can be known (Linux), by their numbers. What is ignored is
 * inherited, so the parent's own tell; but a program may ignore a signal for itself and not for what it starts. Of those
 * that usually do, nothing is known. docs/architecture.md says what is lost.
 */
export function ignoredSignals(): number[] {
  const signals = process.platform === 'linux' ? ofParent() : [];
  // Bash and zsh leave the program that they started in `_`, and nohup passes its environment on.
  const isUnderNohup = path.basename(process.env._ ?? '') === 'nohup' || hasInputOfNohup();
  return isUnderNohup && !signals.includes(HUP) ? [HUP, ...signals] : signals;
}

function ofParent(): number[] {
  const status = attempt(() => fs.readFileSync(`/proc/${process.ppid}/status`, 'latin1')) ?? '';
  const mask = ignoredIn(status);
  if (mask === 0) return [];
  const ignored = Array.from({ length: 31 }, (_, index) => index + 1).filter(
    (signal) => mask & (1 << (signal - 1)),
  );
  const name = status.match(/^Name:\s*(.*)$/m)?.[1] ?? '';
  return ignored.filter(SHELL.test(name) ? passedOnByShell(name, ignored) : passedOn(ignored));
}

/** The mask of the first 32 signals. Without a regular expression, which takes longer on every command's way. */
function ignoredIn(status: string): number {
  const [line = ''] = status.slice(status.indexOf('\nSigIgn:') + 1).split('\n', 1);
  return line.startsWith('SigIgn:') ? Number.parseInt(line.slice(-8), 16) || 0 : 0;
}

function passedOnByShell(name: string, ignored: readonly number[]): (signal: number) => boolean {
  const isInteractive = ignored.includes(TSTP) && ignored.includes(TTOU);
  const own = isInteractive ? OF_INTERACTIVE_SHELLS : (OF_SCRIPTS[name] ?? [QUIT]);
  return (signal) => signal !== CHLD && !own.includes(signal);
}

function passedOn(ignored: readonly number[]): (signal: number) => boolean {
  // A program that ignores TERM protects itself, and then HUP too, as strace does.
  return (signal) => RARELY_ONES_OWN.includes(signal) && !ignored.includes(TERM);
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
