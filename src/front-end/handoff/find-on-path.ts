import path from 'node:path';
import type { Host } from '../host/host.ts';
import { isTaken } from './is-taken.ts';
import { programsOnPath } from './path.ts';
import { isThisProgram } from './this-program.ts';
import { trustedUsers, whyNotTrusted } from './trust.ts';
import type { Search, Wasp } from './wasp.ts';

/** The next `wasp` on PATH that isn't this program. It brings its own launcher, so nothing is known of its data. */
export function findOnPath(host: Host, search: Search): Wasp | undefined {
  for (const { file, isRelative } of programsOnPath(host, 'wasp')) {
    if (isThisProgram(host, file) || !isTaken(host, search, file)) continue;
    if (search.outsideProjects && isRelative) continue;
    // An empty or relative entry of PATH leads wherever the user happens to be.
    const why = isRelative && whyNotTrusted(host, path.dirname(file), file, trustedUsers(host));
    if (!why) return { file, foundIn: 'PATH' };
    search.passedOver.push(`${file}, because ${why}`);
  }
  return undefined;
}
