import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { archive } from '../../../scripts/package/archive.ts';
import { versionFolder, writeLatest, writeSums } from '../../../scripts/package/catalog.ts';

/** The version of the tiny release. */
export const TINY = '1.0.0';

/**
 * A release whose front end is a script of a few lines, for what doesn't depend on the executable: the real ones take a
 * second to unpack. Returns its URL.
 * @param wasp what the front end says about the real Wasp
 */
export async function makeTinyRelease(parent: string, wasp: string): Promise<string> {
  const release = join(parent, 'tiny-release');
  const folder = join(release, versionFolder(TINY), `wasp-${TINY}-${process.platform}-${process.arch}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'wasp'), `#!/bin/sh\necho 'front end  ${TINY}'\necho 'wasp       ${wasp}'\n`, {
    mode: 0o755,
  });
  const files = await archive(folder, 'fast');
  writeSums(release, TINY, files);
  writeLatest(release, TINY, files);
  return `file://${release}`;
}
