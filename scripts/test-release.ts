/**
 * A small release for the installer's tests, real in every part: archives of dist/wasp for this platform, and of an
 * older version built from the same source.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { frontEndMark, makeExecutable } from './executable.ts';
import { archive } from './package/archive.ts';
import { versionFolder, writeLatest, writeSums } from './package/catalog.ts';
import { fillFolder } from './package/fill-folder.ts';
import { path } from './paths.ts';

/** The folder of the release. */
export const testRelease = path('.cache/test-release');
/** The version of dist/wasp, the newest of the release. */
export const NEWEST = packageJson.version;
/** The other version of the release. */
export const OLDER = '0.0.1';
/** The older version's executable. */
export const olderWasp = path(`.cache/wasp-${OLDER}`);

/** Makes the release out of what `npm run build` left. */
export async function makeTestRelease(): Promise<void> {
  rmSync(testRelease, { recursive: true, force: true });
  await makeOlderWasp();
  await add(OLDER, olderWasp);
  await add(NEWEST, path('dist/wasp'));
}

async function add(version: string, executable: string): Promise<void> {
  const folder = join(
    testRelease,
    versionFolder(version),
    `wasp-${version}-${process.platform}-${process.arch}`,
  );
  fillFolder({ folder, executable, nodeFolder: dirname(dirname(process.execPath)) });
  const files = await archive(folder, 'fast');
  rmSync(folder, { recursive: true });
  writeSums(testRelease, version, files);
  writeLatest(testRelease, version, files);
}

/** Kept between runs as long as the source is the same. */
async function makeOlderWasp(): Promise<void> {
  const folder = path('.cache/older-parts');
  mkdirSync(folder, { recursive: true });
  const assets = frontEndMark(OLDER);
  let changed = !existsSync(olderWasp);
  for (const name of readdirSync(path('.cache/parts')).filter((file) => file.endsWith('.js'))) {
    const part = readFileSync(path(`.cache/parts/${name}`), 'utf8').replaceAll(`"${NEWEST}"`, `"${OLDER}"`);
    const file = join(folder, name);
    assets[name] = file;
    if (existsSync(file) && readFileSync(file, 'utf8') === part) continue;
    writeFileSync(file, part);
    changed = true;
  }
  if (changed) await makeExecutable({ script: 'bin/standalone.cjs', output: olderWasp, assets });
}
