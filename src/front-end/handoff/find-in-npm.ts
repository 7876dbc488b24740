import path from 'node:path';
import type { Host } from '../host/host.ts';
import { programsOnPath } from './path.ts';
import { versionBeside } from './version.ts';
import type { Wasp } from './wasp.ts';

/** The platform package in a `node_modules` of `directory` or of a folder above it. */
export function findInNodeModules(host: Host, directory: string | undefined): Wasp | undefined {
  for (let folder = directory; folder !== undefined; folder = parentOf(folder)) {
    const wasp = inNodeModules(host, path.join(folder, 'node_modules'), `node_modules of ${folder}`);
    if (wasp) return wasp;
  }
  return undefined;
}

/** The platform package in npm's folder for global packages. */
export function findInGlobalNodeModules(host: Host): Wasp | undefined {
  for (const prefix of globalPrefixes(host)) {
    const wasp = inNodeModules(
      host,
      path.join(prefix, 'lib', 'node_modules'),
      `npm's global packages in ${prefix}`,
    );
    if (wasp) return wasp;
  }
  return undefined;
}

/**
 * Where npm may put global packages, without the quarter of a second of asking npm: the prefix that is set by
 * environment or ~/.npmrc, else the folder that Node is in, by name and with links resolved (Homebrew links it).
 */
function* globalPrefixes(host: Host): Generator<string> {
  const { npm_config_prefix, NPM_CONFIG_PREFIX, HOME } = host.env;
  const configured =
    npm_config_prefix || NPM_CONFIG_PREFIX || (HOME && prefixIn(host, path.join(HOME, '.npmrc'), HOME));
  if (configured) yield configured;
  const [node] = programsOnPath(host, 'node');
  if (!node) return;
  yield path.dirname(path.dirname(node));
  const real = host.files.realPath(node);
  if (real) yield path.dirname(path.dirname(real));
}

function prefixIn(host: Host, npmrc: string, home: string): string | undefined {
  try {
    const prefix = host.files.read(npmrc)?.match(/^\s*prefix\s*=\s*(.+?)\s*$/m)?.[1];
    return prefix?.replace(/^["']|["']$/g, '').replace(/^~(?=\/|$)|\$\{HOME\}/, home);
  } catch {
    return undefined;
  }
}

function inNodeModules(host: Host, nodeModules: string, foundIn: string): Wasp | undefined {
  const scope = path.join(nodeModules, '@wasp.sh');
  if (!host.files.facts(scope)) return undefined;
  const main = path.join(scope, 'wasp-cli');
  const realMain = host.files.realPath(main);
  const scopes = [
    scope,
    // npm nests a global package's own dependencies inside it.
    path.join(main, 'node_modules', '@wasp.sh'),
    // pnpm links the main package into a store, where the platform package lies beside it.
    ...(realMain ? [path.dirname(realMain)] : []),
  ];
  for (const place of scopes) {
    for (const name of platformPackages(host)) {
      const folder = path.join(place, name);
      const file = path.join(folder, 'wasp-bin');
      if (host.files.facts(file)?.executable) {
        return {
          file,
          dataDirectory: `${path.join(folder, 'data')}/`,
          foundIn,
          ...versionBeside(host, file),
        };
      }
    }
  }
  return undefined;
}

/** As the real launcher's list of packages has them; on Linux, glibc's before musl's. */
function platformPackages({ platform, arch }: Host): string[] {
  const libraries = platform === 'linux' ? ['glibc', 'musl'] : ['unknown'];
  return libraries.map((library) => `wasp-cli-${platform}-${arch}-${library}`);
}

function parentOf(folder: string): string | undefined {
  const parent = path.dirname(folder);
  return parent === folder ? undefined : parent;
}
