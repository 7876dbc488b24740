import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { nameOf, type Platform } from './platforms.ts';

/** Where Debian puts the C and C++ libraries of arm64 for cross compilers. */
const ARM64_LIBRARIES = '/usr/aarch64-linux-gnu';

/**
 * Unpacks an archive with the system's tar, as the installer does, and starts what is in it, in an emulator if need be
 * and if there is one. Throws if that isn't `version`. Returns false if nothing here can start it.
 */
export function checkThatItStarts(archive: string, version: string, platform: Platform): boolean {
  const emulator = emulatorFor(platform);
  if (!emulator) return false;
  const home = mkdtempSync(join(tmpdir(), 'wasp-package-'));
  try {
    execFileSync('tar', ['xf', archive, '-C', home, '--strip-components=1']);
    const [file = '', ...args] = [...emulator, join(home, 'wasp'), '--version'];
    const printed = execFileSync(file, args, { env: { HOME: home, PATH: '' }, cwd: home, encoding: 'utf8' });
    if (!printed.startsWith(`front end  ${version}\n`)) throw new Error(`${archive} printed: ${printed}`);
    return true;
  } finally {
    rmSync(home, { recursive: true });
  }
}

/** The command before the command: none on the platform itself. Undefined if nothing here runs that platform's programs. */
function emulatorFor(platform: Platform): string[] | undefined {
  if (platform.os === process.platform && platform.arch === process.arch) return [];
  if (nameOf(platform) !== 'linux-arm64' || !existsSync(ARM64_LIBRARIES)) return undefined;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const files = ['qemu-aarch64-static', 'qemu-aarch64'].flatMap((name) =>
    folders.map((folder) => join(folder, name)),
  );
  const emulator = files.find(existsSync);
  return emulator === undefined ? undefined : [emulator, '-L', ARM64_LIBRARIES];
}
