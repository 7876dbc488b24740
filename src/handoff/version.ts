import path from 'node:path';
import type { Host } from '../host.ts';
import { ERRAND } from '../telemetry/errand.ts';

const VERSION = /^\d+\.\d+\.\d+(?:[-.+][\w.+-]*)?$/;

/** The version of the Wasp at `file`, from the package.json or the folder name that it lies in; nothing if neither tells. */
export function versionBeside(host: Host, file: string): { version?: string } {
  const folder = path.dirname(file);
  const version = packageVersion(host, folder) ?? path.basename(folder);
  return VERSION.test(version) ? { version } : {};
}

/** How long a Wasp may take to tell its version, in milliseconds. */
const TIME_TO_ASK = 2_000;

/** A Wasp's version, asking itself if neither its package nor its folder told; empty if it doesn't tell either. */
export function askVersion(host: Host, { file, version }: { file: string; version?: string }): string {
  if (version !== undefined) return version;
  // Without the errand: neither Wasp nor anything that it starts may take itself for a sender.
  const { [ERRAND]: _, ...env } = host.env;
  const asked = { ...env, WASP_TELEMETRY_DISABLE: '1' };
  const output = host.capture({ file, args: ['version'] }, asked, TIME_TO_ASK) ?? '';
  const word = output.trimStart().split(/\s/, 1)[0] ?? '';
  return VERSION.test(word) ? word : '';
}

function packageVersion(host: Host, folder: string): string | undefined {
  try {
    const { name, version } = JSON.parse(host.files.read(path.join(folder, 'package.json')) ?? '{}');
    return String(name).startsWith('@wasp.sh/wasp-cli') ? String(version) : undefined;
  } catch {
    return undefined;
  }
}
