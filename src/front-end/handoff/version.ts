import path from 'node:path';
import type { Host } from '../host/host.ts';
import { askWasp, askWaspInBackground } from './ask-wasp.ts';

/** Short: whatever a file or a program says may be taken for one, and is sent. */
const VERSION = /^\d{1,5}\.\d{1,5}\.\d{1,5}(?:[-.+][\w.+-]{0,40})?$/;

/** Is it a version and nothing else, such as a part of a command that the user may copy? */
export function isVersion(text: unknown): text is string {
  return typeof text === 'string' && VERSION.test(text);
}

/** The version of the Wasp at `file`, from the package.json or the folder name that it lies in; nothing if neither tells. */
export function versionBeside(host: Host, file: string): { version?: string } {
  const folder = path.dirname(file);
  const version = packageVersion(host, folder) ?? path.basename(folder);
  return VERSION.test(version) ? { version } : {};
}

/** A Wasp's version, asking itself if neither its package nor its folder told; empty if it doesn't tell either. */
export function askVersion(host: Host, { file, version }: { file: string; version?: string }): string {
  if (version !== undefined) return version;
  return versionIn(askWasp(host, file, ['version']));
}

/** As {@link askVersion}, but meanwhile other things can be done. */
export async function askVersionInBackground(host: Host, file: string): Promise<string> {
  return versionIn(await askWaspInBackground(host, file, ['version']));
}

function versionIn(output = ''): string {
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
