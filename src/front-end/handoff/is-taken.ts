import type { Host } from '../host/host.ts';
import { liesInProject } from './lies-in-project.ts';
import { passOver } from './pass-over.ts';
import type { Search } from './wasp.ts';

/**
 * May this file be run, as far as the chain and the project are concerned? If not, it is noted.
 * @param isKnown is it a Wasp by its package or its folder, and no script of the user's own?
 */
export function isTaken(host: Host, search: Search, file: string, isKnown = true): boolean {
  const identity = host.files.stat(file)?.identity;
  const isTried = identity !== undefined && search.isTried(identity);
  if (isTried || (!isKnown && search.isLost(file))) {
    passOver(search, file, 'it was run already, and it ran the front end again');
    return false;
  }
  return !search.outsideProjects || !liesInProject(host, file);
}
