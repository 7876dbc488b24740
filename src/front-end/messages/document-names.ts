import path from 'node:path';
import type { Host } from '../host/host.ts';

/**
 * The names of what was accepted. Every command looks at them on its way to the hand-off; the rest of what is known of
 * documents, inbox.ts, it doesn't load.
 */

/** Everything about messages lies here, beside the `telemetry` directory. */
export function messagesDirectory(cache: string): string {
  return path.join(cache, 'messages');
}

/** Where the documents lie, a file for each key and serial number. */
export function documentsFolder(directory: string): string {
  return path.join(directory, 'documents');
}

/** The names of the documents that these keys are said to have signed, sorted. */
export function documentNames(host: Host, directory: string, keys: readonly string[]): string[] {
  if (keys.length === 0) return [];
  const prefixes = keys.map(keyPrefix);
  return host.files
    .list(documentsFolder(directory))
    .filter((name) => prefixes.some((prefix) => name.startsWith(prefix)));
}

/** How the names of a key's documents begin: the first half of the key, as upper and lower case are the same on macOS. */
export function keyPrefix(key: string): string {
  return `${Buffer.from(key, 'base64').toString('hex').slice(0, 32)}-`;
}
