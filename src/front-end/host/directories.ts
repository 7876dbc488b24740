import path from 'node:path';
import { files } from './files.ts';
import type { Directories } from './host.ts';

/** Where this user's files go, by environment and platform. */
export async function directories(): Promise<Directories> {
  const { HOME, XDG_CACHE_HOME, XDG_CONFIG_HOME } = process.env;
  // Without HOME, Node asks the user database and would write where nobody told it to.
  const hasHome = process.platform === 'win32' || Boolean(HOME);
  if (!hasHome && !XDG_CACHE_HOME && !XDG_CONFIG_HOME) return { cache: undefined, config: undefined };
  const { default: envPaths } = await import('env-paths');
  const { cache, config } = envPaths('wasp', { suffix: '' });
  // A relative XDG directory is to be ignored, says the XDG base directory specification.
  const usable = (directory: string, override: string | undefined) =>
    path.isAbsolute(directory) && (hasHome || override) ? directory : undefined;
  return { cache: usable(realWaspCache() ?? cache, XDG_CACHE_HOME), config: usable(config, XDG_CONFIG_HOME) };
}

/** On macOS the real Wasp keeps its cache where Linux does; sharing its pause means going where it has gone (docs/spec.md section 4). */
function realWaspCache(): string | undefined {
  if (process.platform !== 'darwin' || !process.env.HOME) return undefined;
  const cache = path.join(process.env.HOME, '.cache', 'wasp');
  return files.facts(cache)?.kind === 'directory' ? cache : undefined;
}
