import path from 'node:path';
import type { Host } from '../host/host.ts';
import { passOver } from './pass-over.ts';
import { programsOnPath } from './path.ts';
import { whyNotTrusted } from './trust.ts';
import type { Search } from './wasp.ts';

/**
 * Where npm may put global packages, without the quarter of a second of asking npm: the prefix that is set by
 * environment or ~/.npmrc, else the folder that Node is in, by name and with links resolved (Homebrew links it).
 */
export function* globalPrefixes(host: Host, search: Search): Generator<string> {
  const { npm_config_prefix, NPM_CONFIG_PREFIX, HOME } = host.env;
  const configured = npm_config_prefix || NPM_CONFIG_PREFIX || (HOME && prefixIn(host, search, HOME));
  // A relative one would lead wherever the user happens to be.
  if (configured && path.isAbsolute(configured)) yield configured;
  for (const { file, judgedFrom } of programsOnPath(host, 'node')) {
    if (judgedFrom !== undefined) continue;
    yield path.dirname(path.dirname(file));
    const real = host.files.realPath(file);
    if (real) yield path.dirname(path.dirname(real));
    return;
  }
}

function prefixIn(host: Host, search: Search, home: string): string | undefined {
  const npmrc = path.join(home, '.npmrc');
  try {
    const named = settingIn(host.files.read(npmrc) ?? '', 'prefix');
    const prefix = named?.replace(/^["']|["']$/g, '').replace(/^~(?=\/|$)|\$\{HOME\}/, home);
    const why = prefix && whyNotTrusted(host, npmrc, npmrc, search.users);
    if (!why) return prefix;
    passOver(search, `the prefix in ${npmrc}`, why);
    return undefined;
  } catch {
    return undefined;
  }
}

/** Line by line: one pattern over the whole file takes minutes for a megabyte of line breaks. */
function settingIn(npmrc: string, name: string): string | undefined {
  for (const line of npmrc.split('\n')) {
    const [key = '', ...value] = line.split('=');
    if (key.trim() === name && value.length > 0) return value.join('=').trim() || undefined;
  }
  return undefined;
}
