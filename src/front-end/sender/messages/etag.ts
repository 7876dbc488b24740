import path from 'node:path';
import type { Host } from '../../host/host.ts';

/** A file on the web, as those see it who trust certain keys: others may not have accepted what these have. */
export interface Source {
  readonly url: string;
  readonly keys: readonly string[];
}

/** The ETag of the file that was accepted last, undefined if there is none. */
export function readEtag(host: Host, directory: string, { url, keys }: Source): string | undefined {
  try {
    const stored = JSON.parse(host.files.read(etagFile(directory)) ?? '');
    return stored.url === url && stored.keys === keys.join(' ') && isEtag(stored.etag)
      ? stored.etag
      : undefined;
  } catch {
    return undefined;
  }
}

/** Remembers the ETag of what was accepted. */
export function writeEtag(
  host: Host,
  directory: string,
  { url, keys }: Source,
  etag: string | undefined,
): void {
  if (isEtag(etag)) {
    host.files.replace(etagFile(directory), JSON.stringify({ url, keys: keys.join(' '), etag }));
  } else forgetEtag(host, directory);
}

/**
 * Forgets it. Its server could give everyone another one, and so recognise a user who has just asked for a new id:
 * `wasp telemetry reset` calls this.
 */
export function forgetEtag(host: Host, directory: string): void {
  host.files.remove(etagFile(directory));
}

function etagFile(directory: string): string {
  return path.join(directory, 'etag.json');
}

/** What HTTP allows, and short. */
function isEtag(etag: unknown): etag is string {
  return typeof etag === 'string' && /^(W\/)?"[\x21\x23-\x7e]{0,100}"$/.test(etag);
}
