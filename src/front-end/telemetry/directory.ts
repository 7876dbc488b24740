import path from 'node:path';
import type { Host } from '../host/host.ts';

/** Where both Wasps keep their telemetry files (docs/spec.md section 4). */
export function telemetryDirectory(cache: string): string {
  return path.join(cache, 'telemetry');
}

/**
 * A folder of ours below the `telemetry` directory. Files are made and removed in it by number and by age, so it must
 * not be a link that leads elsewhere.
 * @returns the folder
 * @throws if it, or one between it and the directory, is a link
 */
export function withoutLinks(host: Host, directory: string, folder: string): string {
  for (let place = folder; place.length > directory.length; place = path.dirname(place)) {
    if (host.files.isLink(place)) throw new Error(`${place} is a link, and what it leads to is not ours`);
  }
  return folder;
}
