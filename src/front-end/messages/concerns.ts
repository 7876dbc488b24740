import satisfies from 'semver/functions/satisfies.js';
import type { Message } from '../../protocol/messages.ts';

/**
 * Does a message concern this version of Wasp? Release candidates count as versions: a hole in 0.26.0-rc.1 is one.
 * @param version of the real Wasp; undefined or empty if unknown: then only what is for everyone concerns it
 */
export function concerns({ affects }: Message, version: string | undefined): boolean {
  return affects === undefined || satisfies(version ?? '', affects, { includePrerelease: true });
}
