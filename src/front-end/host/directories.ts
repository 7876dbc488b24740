import path from 'node:path';
import { files } from './files.ts';
import { home } from './home.ts';
import type { Directories } from './host.ts';
import { isWhole } from './is-whole.ts';
import { isAmbiguous } from './raw-image.ts';

/**
 * Where this user's files go, by environment and platform. The only place that reads HOME and XDG_* for it, so that
 * choice, state, preview and status can't disagree (docs/spec.md section 4).
 */
export async function directories(): Promise<Directories> {
  // Without HOME, Node would ask the user database and write where the user told it nothing about.
  const userHome = home();
  if (process.platform === 'win32' || process.platform === 'darwin') return directoriesOfLibrary(userHome);
  // As env-paths has them, whose loading every run would pay for; it takes relative directories as they are.
  return {
    cache: place('XDG_CACHE_HOME', userHome, '.cache'),
    config: place('XDG_CONFIG_HOME', userHome, '.config'),
  };
}

/** The XDG base directory specification says that a relative path is to be ignored. */
function place(variable: string, userHome: string | undefined, usual: string): string | undefined {
  if (isAmbiguous(variable)) return undefined;
  const named = process.env[variable];
  // A path that lost bytes leads elsewhere: what is kept there now, a choice for example, isn't seen.
  if (named && path.isAbsolute(named)) return isWhole(named) ? path.join(named, 'wasp') : undefined;
  return userHome && path.join(userHome, usual, 'wasp');
}

async function directoriesOfLibrary(userHome: string | undefined): Promise<Directories> {
  if (process.platform === 'darwin' && userHome === undefined) return { cache: undefined, config: undefined };
  const { default: envPaths } = await import('env-paths');
  const { cache, config } = envPaths('wasp', { suffix: '' });
  return { cache: realWaspCache(userHome) ?? cache, config };
}

/** On macOS the real Wasp keeps its cache where Linux does; sharing its pause means going where it has gone (docs/spec.md section 4). */
function realWaspCache(userHome: string | undefined): string | undefined {
  if (process.platform !== 'darwin' || userHome === undefined) return undefined;
  const cache = path.join(userHome, '.cache', 'wasp');
  return files.stat(cache)?.kind === 'directory' ? cache : undefined;
}
