import path from 'node:path';
import { files } from './files.ts';
import type { Directories } from './host.ts';

/**
 * Where this user's files go, by environment and platform. The only place that reads HOME and XDG_* for it, so that
 * choice, state, preview and status can't disagree (docs/spec.md section 4).
 */
export async function directories(): Promise<Directories> {
  const { HOME, XDG_CACHE_HOME, XDG_CONFIG_HOME } = process.env;
  if (process.platform === 'win32' || process.platform === 'darwin') return directoriesOfLibrary(HOME);
  // As env-paths has them, whose loading every run would pay for; it takes relative directories as they are.
  return {
    cache: place(XDG_CACHE_HOME, HOME, '.cache'),
    config: place(XDG_CONFIG_HOME, HOME, '.config'),
  };
}

/** The XDG base directory specification says that a relative path is to be ignored. */
function place(named: string | undefined, home: string | undefined, usual: string): string | undefined {
  if (named && path.isAbsolute(named)) return path.join(named, 'wasp');
  // Without HOME, Node would ask the user database and write where the user told it nothing about.
  return home && path.isAbsolute(home) ? path.join(home, usual, 'wasp') : undefined;
}

async function directoriesOfLibrary(home: string | undefined): Promise<Directories> {
  if (process.platform === 'darwin' && !(home && path.isAbsolute(home))) {
    return { cache: undefined, config: undefined };
  }
  const { default: envPaths } = await import('env-paths');
  const { cache, config } = envPaths('wasp', { suffix: '' });
  return { cache: realWaspCache(home) ?? cache, config };
}

/** On macOS the real Wasp keeps its cache where Linux does; sharing its pause means going where it has gone (docs/spec.md section 4). */
function realWaspCache(home: string | undefined): string | undefined {
  if (process.platform !== 'darwin' || !home) return undefined;
  const cache = path.join(home, '.cache', 'wasp');
  return files.facts(cache)?.kind === 'directory' ? cache : undefined;
}
