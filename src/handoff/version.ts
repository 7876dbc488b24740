import path from 'node:path';
import type { Host } from '../host.ts';

const VERSION = /^\d+\.\d+\.\d+(?:[-.+][\w.+-]*)?$/;

/** The version of the Wasp at `file`, from the package.json or the folder name that it lies in; nothing if neither tells. */
export function versionBeside(host: Host, file: string): { version?: string } {
  const folder = path.dirname(file);
  const version = packageVersion(host, folder) ?? path.basename(folder);
  return VERSION.test(version) ? { version } : {};
}

/** The first word of `wasp version`'s output, if it is a version. */
export function versionIn(output: string | undefined): string | undefined {
  const word = output?.trimStart().split(/\s/, 1)[0];
  return word && VERSION.test(word) ? word : undefined;
}

function packageVersion(host: Host, folder: string): string | undefined {
  try {
    const { name, version } = JSON.parse(host.files.read(path.join(folder, 'package.json')) ?? '{}');
    return String(name).startsWith('@wasp.sh/wasp-cli') ? String(version) : undefined;
  } catch {
    return undefined;
  }
}
