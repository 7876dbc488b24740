import path from 'node:path';
import type { Host } from '../host/host.ts';
import { programsOnPath } from './path.ts';

/**
 * Where npm may put global packages, without the quarter of a second of asking npm: the prefix that is set by
 * environment or ~/.npmrc, else the folder that Node is in, by name and with links resolved (Homebrew links it).
 */
export function* globalPrefixes(host: Host): Generator<string> {
  const { npm_config_prefix, NPM_CONFIG_PREFIX, HOME } = host.env;
  const configured =
    npm_config_prefix || NPM_CONFIG_PREFIX || (HOME && prefixIn(host, path.join(HOME, '.npmrc'), HOME));
  // A relative one would lead wherever the user happens to be.
  if (configured && path.isAbsolute(configured)) yield configured;
  for (const { file, isRelative } of programsOnPath(host, 'node')) {
    if (isRelative) continue;
    yield path.dirname(path.dirname(file));
    const real = host.files.realPath(file);
    if (real) yield path.dirname(path.dirname(real));
    return;
  }
}

function prefixIn(host: Host, npmrc: string, home: string): string | undefined {
  try {
    const prefix = host.files.read(npmrc)?.match(/^\s*prefix\s*=\s*(.+?)\s*$/m)?.[1];
    return prefix?.replace(/^["']|["']$/g, '').replace(/^~(?=\/|$)|\$\{HOME\}/, home);
  } catch {
    return undefined;
  }
}
