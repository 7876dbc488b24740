import path from 'node:path';
import type { Host } from '../host/host.ts';

/** Does a file or a folder lie in a Wasp project, or in the `node_modules` of any package, by its name or where that leads? */
export function liesInProject(host: Host, place: string): boolean {
  return [place, host.files.realPath(place) ?? place].some((named) => {
    for (let folder = named; ; folder = path.dirname(folder)) {
      if (host.files.stat(path.join(folder, '.wasproot'))) return true;
      const parent = path.dirname(folder);
      // npm's global packages lie in a folder that is no package.
      const isInstalled = path.basename(folder) === 'node_modules';
      if (isInstalled && host.files.stat(path.join(parent, 'package.json'))) return true;
      if (folder === parent) return false;
    }
  });
}
