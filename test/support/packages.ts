import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The package that holds the real Wasp for this platform. */
export const PLATFORM_PACKAGE = `wasp-cli-${process.platform}-${process.arch}-glibc`;

/** Writes an executable file, its folder included, and returns its path. */
export function makeExecutable(file: string, text: string): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, 0o755);
  return file;
}

/** Puts a platform package into a `node_modules` whose program prints `says` and its arguments. Returns its folder. */
export function installPackage(nodeModules: string, says: string, version = '0.25.0'): string {
  const folder = join(nodeModules, '@wasp.sh', PLATFORM_PACKAGE);
  makeExecutable(join(folder, 'wasp-bin'), `#!/bin/sh\necho "${says} $*"\n`);
  const name = `@wasp.sh/${PLATFORM_PACKAGE}`;
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version }));
  return folder;
}
