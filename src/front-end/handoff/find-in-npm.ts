import path from 'node:path';
import type { Host } from '../host/host.ts';
import { isTaken } from './is-taken.ts';
import { globalPrefixes } from './npm-prefix.ts';
import { noteMissingPackage, platformPackages } from './platform-package.ts';
import { trustedUsers, whyNotTrusted } from './trust.ts';
import { versionBeside } from './version.ts';
import type { Search, Wasp } from './wasp.ts';

/** A folder `node_modules`, and whose packages in it may be run. */
interface Place {
  /** The folder that holds it. */
  readonly holder: string;
  readonly foundIn: string;
  /** User ids; undefined if the user has chosen the place. */
  readonly users: readonly number[] | undefined;
  readonly isGlobal: boolean;
}

/**
 * The platform package in a `node_modules` of `start` or of a folder above it, if no other user could have put it
 * there (docs/spec.md section 7).
 */
export function findInNodeModules(host: Host, search: Search, start: string | undefined): Wasp | undefined {
  const users = trustedUsers(host, start);
  for (let holder = start; holder !== undefined; holder = parentOf(holder)) {
    const place = { holder, foundIn: `node_modules of ${holder}`, users, isGlobal: false };
    const wasp = inNodeModules(host, search, place);
    if (wasp) return wasp;
  }
  return undefined;
}

/** The platform package in npm's folder for global packages. */
export function findInGlobalNodeModules(host: Host, search: Search): Wasp | undefined {
  for (const prefix of globalPrefixes(host)) {
    const foundIn = `npm's global packages in ${prefix}`;
    const place = { holder: path.join(prefix, 'lib'), foundIn, users: undefined, isGlobal: true };
    const wasp = inNodeModules(host, search, place);
    if (wasp) return wasp;
  }
  return undefined;
}

function inNodeModules(host: Host, search: Search, place: Place): Wasp | undefined {
  const scope = path.join(place.holder, 'node_modules', '@wasp.sh');
  if (!host.files.stat(scope)) return undefined;
  const noted = search.passedOver.length;
  for (const scopeOfPlatform of scopesFor(host, scope)) {
    for (const name of platformPackages(host)) {
      const wasp = inPackage(host, search, place, `${scopeOfPlatform}/${name}`);
      if (wasp) return wasp;
    }
  }
  if (search.passedOver.length === noted) noteMissingPackage(host, search, scope, place.isGlobal);
  return undefined;
}

/** Where the platform package may lie. Not normalized: `..` behind a link leads to where the link leads. */
function scopesFor(host: Host, scope: string): string[] {
  const main = path.join(scope, 'wasp-cli');
  const isLinked = host.files.linkTarget(main) !== undefined;
  return [
    scope,
    // npm nests a global package's own dependencies inside it.
    path.join(main, 'node_modules', '@wasp.sh'),
    // pnpm links the main package into a store, where the platform package lies beside it.
    ...(isLinked ? [`${main}/..`] : []),
  ];
}

function inPackage(host: Host, search: Search, place: Place, folder: string): Wasp | undefined {
  const file = host.files.stat(`${folder}/wasp-bin`)?.executable && host.files.realPath(`${folder}/wasp-bin`);
  // The real path, as Wasp's own launcher has it: what was judged is what is run.
  if (!file || !isTaken(host, search, file)) return undefined;
  const why =
    place.users &&
    (whyNotTrusted(host, place.holder, `${folder}/wasp-bin`, place.users) ??
      (host.files.stat(`${folder}/data`) &&
        whyNotTrusted(host, place.holder, `${folder}/data`, place.users)));
  if (why) {
    search.passedOver.push(`${file}, because ${why}`);
    return undefined;
  }
  const dataDirectory = `${path.join(path.dirname(file), 'data')}/`;
  return { file, dataDirectory, foundIn: place.foundIn, ...versionBeside(host, file) };
}

function parentOf(folder: string): string | undefined {
  const parent = path.dirname(folder);
  return parent === folder ? undefined : parent;
}
