import path from 'node:path';
import type { Host } from '../../host/host.ts';

/** A file on the web, as those see it who trust certain keys: others may not have accepted what these have. */
export interface Source {
  readonly url: string;
  readonly keys: readonly string[];
}

/** What an ETag is of: the file that was accepted last, and the number of the document in it. */
interface Accepted {
  readonly serial: number;
  readonly etag: string;
}

/** Undefined if nothing is remembered of this source. */
export function readEtag(host: Host, directory: string, { url, keys }: Source): Accepted | undefined {
  try {
    const stored = JSON.parse(host.files.read(etagFile(directory)) ?? '');
    if (stored.url !== url || stored.keys !== keys.join(' ') || !isEtag(stored.etag)) return undefined;
    return { serial: stored.serial, etag: stored.etag };
  } catch {
    return undefined;
  }
}

/** Remembers the ETag of what was accepted. @throws if it can't be written */
export function writeEtag(host: Host, directory: string, { url, keys }: Source, accepted: Accepted): void {
  const stored = { url, keys: keys.join(' '), ...accepted };
  host.files.replace(etagFile(directory), JSON.stringify(stored));
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
export function isEtag(etag: unknown): etag is string {
  return typeof etag === 'string' && /^(W\/)?"[\x21\x23-\x7e]{0,100}"$/.test(etag);
}
