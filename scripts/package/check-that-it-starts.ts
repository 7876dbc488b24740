import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Unpacks an archive with the system's tar, as the installer does, and starts what is in it. Throws if that isn't `version`. */
export function checkThatItStarts(archive: string, version: string): void {
  const home = mkdtempSync(join(tmpdir(), 'wasp-package-'));
  try {
    execFileSync('tar', ['xf', archive, '-C', home, '--strip-components=1']);
    const env = { HOME: home, PATH: '' };
    const printed = execFileSync(join(home, 'wasp'), ['--version'], { env, cwd: home, encoding: 'utf8' });
    if (!printed.startsWith(`front end  ${version}\n`)) throw new Error(`${archive} printed: ${printed}`);
  } finally {
    rmSync(home, { recursive: true });
  }
}
