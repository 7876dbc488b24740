import path from 'node:path';
import type { Host } from '../host/host.ts';
import { passOver } from './pass-over.ts';
import { isVersion } from './version.ts';
import type { Search } from './wasp.ts';

/** As the real launcher's list of packages has them; on Linux, glibc's before musl's. */
export function platformPackages({ platform, arch }: Host): string[] {
  const libraries = platform === 'linux' ? ['glibc', 'musl'] : ['unknown'];
  return libraries.map((library) => `wasp-cli-${platform}-${arch}-${library}`);
}

/** Notes that `@wasp.sh/wasp-cli` is there without the package that holds the program, and how to install that one. */
export function noteMissingPackage(host: Host, search: Search, scope: string, isGlobal: boolean): void {
  const folder = path.join(scope, 'wasp-cli');
  const main = readPackage(host, folder);
  if (!main) return;
  const names = platformPackages(host);
  const name = `@wasp.sh/${names[usesMusl(host) ? names.length - 1 : 0]}`;
  const named = main.optionalDependencies?.[name];
  const version = isVersion(named) ? named : main.version;
  const why = `its package for this platform is missing: ${name} ${version}. Install it with:`;
  const mend = `\n  npm i ${isGlobal ? '-g ' : ''}${name}@${version}`;
  passOver(search, `${folder} ${main.version}`, why, mend);
}

interface Package {
  readonly version: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function readPackage(host: Host, folder: string): Package | undefined {
  try {
    const read = JSON.parse(host.files.read(path.join(folder, 'package.json')) ?? 'null');
    return isVersion(read?.version) ? read : undefined;
  } catch {
    return undefined;
  }
}

/** Is musl the only C library here, as on Alpine? Told by the programs that load shared libraries. */
function usesMusl(host: Host): boolean {
  const isThere = (file: string) => host.files.stat(file) !== undefined;
  return host.arch === 'arm64'
    ? isThere('/lib/ld-musl-aarch64.so.1') && !isThere('/lib/ld-linux-aarch64.so.1')
    : isThere('/lib/ld-musl-x86_64.so.1') && !isThere('/lib64/ld-linux-x86-64.so.2');
}
