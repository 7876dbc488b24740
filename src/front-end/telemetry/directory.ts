import path from 'node:path';

/** Where both Wasps keep their telemetry files (docs/spec.md section 4). */
export function telemetryDirectory(cache: string): string {
  return path.join(cache, 'telemetry');
}
