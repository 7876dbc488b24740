/**
 * Fetches the real Wasp, pinned, into .cache/: as an optional dependency npm would skip it on a host with Node 20.
 * Laid out as npm lays out a project that has installed it.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { path } from './paths.ts';

const VERSION = '0.25.0';
const PACKAGES = {
  'wasp-cli':
    'sha512-XhrGDsOhqHOqbbqgGsXil7fOM52hQOGEQ9MIPLekAH7ncwn2tBNa+eWTqaSQWrYp1bO5pbwH32VZBCkY1ChXnQ==',
  'wasp-cli-linux-x64-glibc':
    'sha512-DkRZuAputH6xful5c33WCmtBtils3SxyfmeTJq2V3PZEMdQvw0IY/WDEcD3TaW0EpIics13JxUt9LXdqX3EvIg==',
};

/** The folder that holds the real Wasp's `node_modules`. */
export const realWaspFolder = path(`.cache/wasp-${VERSION}`);
/** The real Wasp's executable, and what its launcher sets `waspc_datadir` to. */
export const realWasp = join(realWaspFolder, 'node_modules/@wasp.sh/wasp-cli-linux-x64-glibc/wasp-bin');
export const realWaspData = join(realWaspFolder, 'node_modules/@wasp.sh/wasp-cli-linux-x64-glibc/data/');
/** The real Wasp's npm launcher. */
export const npmLauncher = join(realWaspFolder, 'node_modules/@wasp.sh/wasp-cli/bin.js');

/** Fetches the real Wasp if it isn't there yet. Throws if npm can't, or if what came isn't what is expected. */
export function fetchWasp(): void {
  if (existsSync(realWaspFolder)) return;
  const fresh = `${realWaspFolder}.${process.pid}`;
  for (const [name, integrity] of Object.entries(PACKAGES)) {
    const folder = join(fresh, 'node_modules/@wasp.sh', name);
    mkdirSync(folder, { recursive: true });
    const tarball = join(fresh, `${name}.tgz`);
    const packed = execFileSync(
      'npm',
      ['pack', '--silent', '--pack-destination', fresh, `@wasp.sh/${name}@${VERSION}`],
      {
        encoding: 'utf8',
        cwd: fresh,
      },
    );
    renameSync(join(fresh, packed.trim().split('\n').at(-1) ?? ''), tarball);
    const sum = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
    if (sum !== integrity)
      throw new Error(`@wasp.sh/${name}@${VERSION} has the checksum ${sum}, not ${integrity}`);
    execFileSync('tar', ['xzf', tarball, '-C', folder, '--strip-components=1']);
    rmSync(tarball);
  }
  try {
    renameSync(fresh, realWaspFolder);
  } catch (error) {
    rmSync(fresh, { recursive: true });
    // Someone else was faster.
    if (!existsSync(realWaspFolder)) throw error;
  }
}

if (import.meta.main) fetchWasp();
