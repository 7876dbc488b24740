/** What this process was started with, as Linux's kernel holds it. */
import { attempt } from './attempt.ts';
import { readRegularFile } from './safe-read.ts';

/** More than the kernel allows, in bytes. */
const LIMIT = 16 * 1024 * 1024;

export function rawArguments(): Uint8Array[] | undefined {
  const argv = partsOf('cmdline');
  return argv?.slice(argv.length - process.argv.length + 2);
}

export function rawEnvironment(): Uint8Array[] | undefined {
  return partsOf('environ');
}

let isWholeEnvironment: boolean | undefined;

/** Has Node all entries of the environment? Counted only, and once: this is on every command's way. */
export function hasWholeEnvironment(): boolean {
  isWholeEnvironment ??= countEntries() === Object.keys(process.env).length;
  return isWholeEnvironment;
}

function countEntries(): number {
  const bytes = read('environ');
  if (!bytes) return Object.keys(process.env).length;
  let entries = 0;
  for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, end + 1)) entries++;
  return entries;
}

/** As {@link Host.valuesOf}. */
export function valuesOf(name: string): string[] {
  const entries = hasWholeEnvironment() ? undefined : rawEnvironment();
  if (entries) {
    const texts = entries.map((entry) => Buffer.from(entry).toString());
    return texts.flatMap((text) => {
      if (text === name) return [''];
      return text.startsWith(`${name}=`) ? [text.slice(name.length + 1)] : [];
    });
  }
  const value = process.env[name];
  return value === undefined ? [] : [value];
}

/** Does the environment say different things of a variable, so that programs may disagree about which counts? */
export function isAmbiguous(name: string): boolean {
  return new Set(valuesOf(name)).size > 1;
}

/** Of a file in which each part is ended by a NUL. */
function partsOf(name: string): Uint8Array[] | undefined {
  const bytes = read(name);
  if (!bytes) return undefined;
  const parts: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0, start);
    parts.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return parts;
}

function read(name: string): Buffer | undefined {
  return process.platform === 'linux'
    ? attempt(() => readRegularFile(`/proc/self/${name}`, LIMIT))
    : undefined;
}
