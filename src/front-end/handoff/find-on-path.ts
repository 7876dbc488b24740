import type { Host } from '../host/host.ts';
import { isTaken } from './is-taken.ts';
import { passOver } from './pass-over.ts';
import { programsOnPath } from './path.ts';
import { isThisProgram } from './this-program.ts';
import { whyNotTrusted } from './trust.ts';
import type { Search, Wasp } from './wasp.ts';

/** The next `wasp` on PATH that isn't this program. It brings its own launcher, so nothing is known of its data. */
export function findOnPath(host: Host, search: Search): Wasp | undefined {
  for (const { file, judgedFrom } of programsOnPath(host, 'wasp')) {
    if (isThisProgram(host, file) || !isTaken(host, search, file, false)) continue;
    if (search.outsideProjects && judgedFrom !== undefined) continue;
    const why = judgedFrom !== undefined && whyNotTrusted(host, judgedFrom, file, search.users);
    if (!why) return { file, foundIn: 'PATH' };
    passOver(search, file, why);
  }
  return undefined;
}
