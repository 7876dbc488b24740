import type { Search } from './wasp.ts';

/**
 * Notes what lies where a Wasp is looked for and isn't taken, for the user to read.
 * @param mend what to do about it, in lines of its own
 */
export function passOver(search: Search, place: string, why: string, mend = ''): void {
  // A line break in a path would look like a line of ours.
  search.passedOver.push(`${place}, because ${why}`.replaceAll('\n', '\\u000a') + mend);
}
