import type { FileStat } from '../host/host.ts';
import type { Search } from './wasp.ts';

/**
 * Notes what lies where a Wasp is looked for and isn't taken, for the user to read.
 * @param mend what to do about it, in lines of its own
 */
export function passOver(search: Search, place: string, why: string, mend = ''): void {
  // A line break in a path would look like a line of ours.
  search.passedOver.push(`${place}, because ${why}`.replaceAll('\n', '\\u000a') + mend);
}

/** Why what bears a program's name is none, if so. */
export function whyUnfit({ kind, executable }: FileStat): string | undefined {
  if (kind !== 'file') return 'it is no file';
  // It has lost its mode, by a copy or an archive; or its file system is mounted noexec.
  return executable ? undefined : "it can't be executed";
}
