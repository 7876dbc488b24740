import path from 'node:path';
import type { Host } from '../host/host.ts';
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

/** A Wasp project, or any folder whose `node_modules` it lies in. */
function liesInProject(host: Host, file: string): boolean {
  return [file, host.files.realPath(file) ?? file].some((place) => {
    for (let folder = path.dirname(place); ; folder = path.dirname(folder)) {
      if (host.files.stat(path.join(folder, '.wasproot'))) return true;
      const parent = path.dirname(folder);
      // npm's global packages lie in a folder that is no package.
      const isInstalled = path.basename(folder) === 'node_modules';
      if (isInstalled && host.files.stat(path.join(parent, 'package.json'))) return true;
      if (folder === parent) return false;
    }
  });
}
