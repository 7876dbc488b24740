import type { Host } from '../host/host.ts';
import { liesInProject } from './lies-in-project.ts';
import type { Search } from './wasp.ts';

/** May this file be run, as far as the chain and the project are concerned? If not, it is noted. */
export function isTaken(host: Host, search: Search, file: string): boolean {
  const identity = host.files.stat(file)?.identity;
  if (identity !== undefined && search.isTried(identity)) {
    search.passedOver.push(`${file}, because it was run already, and it ran the front end again`);
    return false;
  }
  return !search.outsideProjects || !liesInProject(host, file);
}
