/**
 * What a valid report may hold: the limits that the collector enforces. They are wider than what this front end
 * sends, since the real Wasp, its npm package and its installer report to the same place.
 */
import { DEPLOY_WORDS } from './report.ts';

/**
 * Words of `wasp deploy …` that are kept. `railway` and `launch` come from the real Wasp only: 0.25.0 reports
 * `railway;launch` for `wasp deploy railway launch …`.
 */
export const ACCEPTED_DEPLOY_WORDS: ReadonlySet<string> = new Set([...DEPLOY_WORDS, 'railway', 'launch']);

/**
 * `process.platform` of this front end, what the real Wasp calls the same systems (`mingw32` is Windows), and the
 * installers' words.
 */
export const ACCEPTED_OS: ReadonlySet<string> = new Set([
  ...['linux', 'darwin', 'win32', 'freebsd', 'openbsd', 'sunos', 'aix', 'android', 'cygwin'],
  ...['mingw32', 'osx', 'windows', 'Unknown'],
]);

/** Ids that broken clients send for all their users: counted as one user they would be a wrong number. */
const PLACEHOLDERS: ReadonlySet<string> = new Set([
  '0',
  'anonymous',
  'distinct_id',
  'email',
  'false',
  'guest',
  'id',
  'nan',
  'none',
  'null',
  'true',
  'undefined',
]);

const LONGEST_PLACEHOLDER = Math.max(...[...PLACEHOLDERS].map(({ length }) => length));

/** Could it be an id? Short, of harmless characters, and of one user only: nothing but zeros is a client's failure. */
export function isDistinctId(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    /^[0-9A-Za-z._:-]{1,128}$/.test(value) &&
    !/^([0-9a-f])(?:\1|-){6,}$/i.test(value) &&
    !isPlaceholder(value)
  );
}

/** To look up the text of an id takes longer than everything else that is asked of it, and no placeholder is as long. */
function isPlaceholder(id: string): boolean {
  return id.length <= LONGEST_PLACEHOLDER && PLACEHOLDERS.has(id.toLowerCase());
}

export function isProjectHash(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{16}$/.test(value);
}

/** `0.25.0`, `0.1.9.1`, `0.26.0-rc.1`. Four numbers only where the first is 0: others could be an IP address. */
export function isVersion(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    /^(?:0(?:\.\d{1,5}){1,3}|\d{1,5}(?:\.\d{1,5}){1,2})(?:[-+][0-9A-Za-z.-]{1,32})?$/.test(value)
  );
}

/** Characters of a context that the collector keeps. */
export const CONTEXT_LIMIT = 128;

/** Short and of printable ASCII characters alone. Of any other context the collector keeps the words that are. */
export function isContext(text: string): boolean {
  return text.length <= CONTEXT_LIMIT && /^[\x20-\x7e]*$/.test(text);
}
