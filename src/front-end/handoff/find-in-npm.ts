import path from 'node:path';
import type { Host } from '../host/host.ts';
import { isWhole } from '../host/is-whole.ts';
import { isTaken } from './is-taken.ts';
import { globalPrefixes } from './npm-prefix.ts';
import { passOver, whyUnfit } from './pass-over.ts';
import { noteMissingPackage, platformPackages } from './platform-package.ts';
import { whyNotTrusted } from './trust.ts';
import { versionBeside } from './version.ts';
import type { Search, Wasp } from './wasp.ts';

/** A folder `node_modules`, and whose packages in it may be run. */
interface Place {
  /** The folder that holds it. */
  readonly holder: string;
  readonly foundIn: string;
  /** From where on everything is judged. */
  readonly judgedFrom: string;
  /** User ids; undefined on a platform without such. */
  readonly users: readonly number[] | undefined;
  readonly isGlobal: boolean;
}

/**
 * The platform package in a `node_modules` of `start` or of a folder above it, if no other user could have put it
 * there (docs/spec.md section 7).
 */
export function findInNodeModules(host: Host, search: Search, start: string | undefined): Wasp | undefined {
  const { users } = search;
  if (start !== undefined && !isWhole(start)) {
    passOver(
      search,
      `node_modules of ${start}`,
      "bytes of its path are not UTF-8, so it can't be looked into",
    );
  }
  for (let holder = start; holder !== undefined; holder = parentOf(holder)) {
    const foundIn = `node_modules of ${holder}`;
    const place = { holder, foundIn, judgedFrom: holder, users, isGlobal: false };
    const wasp = inNodeModules(host, search, place);
    if (wasp) return wasp;
  }
  return undefined;
}

/**
 * The platform package in npm's folder for global packages. The folder is of the user's choice, so its owner's packages
 * may be run, as Homebrew's that another user of the machine keeps; and others may add packages to it, as on machines for CI.
 */
export function findInGlobalNodeModules(host: Host, search: Search): Wasp | undefined {
  for (const prefix of globalPrefixes(host, search)) {
    const holder = path.join(prefix, 'lib');
    const foundIn = `npm's global packages in ${prefix}`;
    const users = search.users && [...search.users, ...ownerOf(host, path.join(holder, 'node_modules'))];
    const place = { holder, foundIn, judgedFrom: scopeIn(holder), users, isGlobal: true };
    const wasp = inNodeModules(host, search, place);
    if (wasp) return wasp;
  }
  return undefined;
}

function inNodeModules(host: Host, search: Search, place: Place): Wasp | undefined {
  const scope = scopeIn(place.holder);
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
  const named = `${folder}/wasp-bin`;
  const stat = host.files.stat(named);
  if (!stat) return undefined;
  const unfit = whyUnfit(stat);
  if (unfit !== undefined) {
    passOver(search, named, unfit);
    return undefined;
  }
  // The real path, as Wasp's own launcher has it: what was judged is what is run.
  const file = host.files.realPath(named);
  if (!file || !isTaken(host, search, file)) return undefined;
  const data = path.join(path.dirname(file), 'data');
  // By way of the program: it may be a link, and its data lies where that leads.
  const judged = host.files.stat(data) ? [named, `${named}/../data`] : [named];
  for (const part of judged) {
    const why = whyNotTrusted(host, place.judgedFrom, part, place.users);
    if (why === undefined) continue;
    passOver(search, file, why);
    return undefined;
  }
  const dataDirectory = `${data}/`;
  return { file, dataDirectory, foundIn: place.foundIn, ...versionBeside(host, file) };
}

function scopeIn(holder: string): string {
  return path.join(holder, 'node_modules', '@wasp.sh');
}

function ownerOf(host: Host, folder: string): number[] {
  const stat = host.files.stat(folder);
  return stat ? [stat.owner] : [];
}

function parentOf(folder: string): string | undefined {
  const parent = path.dirname(folder);
  return parent === folder ? undefined : parent;
}
