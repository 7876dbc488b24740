import path from 'node:path';
import type { Host } from '../host/host.ts';
import { isTaken } from './is-taken.ts';
import { passOver, whyUnfit } from './pass-over.ts';
import { whyNotTrusted } from './trust.ts';
import { versionBeside } from './version.ts';
import type { Search, Wasp } from './wasp.ts';

/**
 * Wasp as the old installer script left it: a folder per version, and a shell script in ~/.local/bin that names one
 * of them. The one that the script names, else the newest.
 */
export function findInstalled(host: Host, search: Search): Wasp | undefined {
  const { HOME } = host.env;
  // A relative one would lead wherever the user happens to be.
  if (!HOME || !path.isAbsolute(HOME)) return undefined;
  const folder = path.join(HOME, '.local', 'share', 'wasp-lang');
  const named = versionInShim(host, path.join(HOME, '.local', 'bin', 'wasp'), folder);
  const versions = namesIn(host, folder).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  for (const version of new Set(named ? [named, ...versions] : versions)) {
    const file = path.join(folder, version, 'wasp-bin');
    const dataDirectory = path.join(folder, version, 'data');
    const stat = host.files.stat(file);
    if (!stat || !isTaken(host, search, file)) continue;
    const why =
      whyUnfit(stat) ??
      whyNotTrusted(host, folder, file, search.users) ??
      (host.files.stat(dataDirectory) && whyNotTrusted(host, folder, dataDirectory, search.users));
    if (!why) return { file, dataDirectory, foundIn: folder, ...versionBeside(host, file) };
    passOver(search, file, why);
  }
  return undefined;
}

function namesIn(host: Host, folder: string): string[] {
  try {
    return host.files.list(folder).filter((name) => /^\d/.test(name));
  } catch {
    return [];
  }
}

function versionInShim(host: Host, shim: string, folder: string): string | undefined {
  try {
    // The front end itself may have that name; a shim is a few hundred bytes.
    const text = new TextDecoder().decode(host.files.readStart(shim, 1024));
    const start = text.indexOf(`${folder}/`);
    return text.startsWith('#!') && start >= 0
      ? text.slice(start + folder.length + 1).match(/^\d[^/\s]*/)?.[0]
      : undefined;
  } catch {
    return undefined;
  }
}
