/**
 * `npm run package`: dist/release/, all that a release server has to hold (docs/install.md describes it): archives for
 * every platform, built on linux-x64, with their checksums. `npm run package -- --verify URL_OR_FOLDER` makes it in .cache/
 * instead, compares it with a published release of the same version, and fails if a file differs.
 */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import packageJson from '../package.json' with { type: 'json' };
import { bundleParts } from './bundle.ts';
import { frontEndMark, makeExecutable } from './executable.ts';
import { archive, describe, type ReleaseFile } from './package/archive.ts';
import { nodeFolder, withNodesFor } from './package/base-node.ts';
import { bundledPackages, licenceTexts } from './package/bundled-packages.ts';
import { LATEST, versionFolder, writeLatest, writeSums } from './package/catalog.ts';
import { checkThatItStarts } from './package/check-that-it-starts.ts';
import { compareReleases, publishedSums } from './package/compare.ts';
import { makeDeb } from './package/deb.ts';
import { fillFolder } from './package/fill-folder.ts';
import { blankLocalSymbols } from './package/local-symbols.ts';
import { isSigned, sign } from './package/mach-o.ts';
import { nameOf, PLATFORMS, type Platform } from './package/platforms.ts';
import { writeReleaseNotes } from './package/release-notes.ts';
import { makeSbom } from './package/sbom.ts';
import { path } from './paths.ts';

if (process.platform !== 'linux' || process.arch !== 'x64') {
  throw new Error('The archives for all platforms are built on linux-x64.');
}
const { version } = packageJson;
const { verify } = parseArgs({ options: { verify: { type: 'string' } } }).values;
// What is to be verified may be in dist/release itself.
const release = path(verify ? '.cache/rebuilt-release' : 'dist/release');
const folder = join(release, versionFolder(version));
// Minutes before they are compared with.
if (verify) await publishedSums(verify, version);
rmSync(release, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
await import('./build.ts');

const packages = await bundledPackages('bin/wasp.ts');
const sbom = makeSbom(packages, PLATFORMS[0]?.nodeVersion ?? '');
const files: ReleaseFile[] = [];
for (const platform of PLATFORMS) {
  const isHost = platform.os === process.platform && platform.arch === process.arch;
  const executable = isHost ? path('dist/wasp') : await foreignExecutable(platform);
  const nodes = isHost ? dirname(dirname(process.execPath)) : nodeFolder(platform.node);
  const unpacked = fillFolder({
    folder: join(folder, `wasp-${version}-${nameOf(platform)}`),
    executable,
    nodeFolder: nodes,
    texts: { 'LICENSES.txt': licenceTexts(packages, nodes), 'sbom.cdx.json': sbom },
  });
  const archives = await archive(unpacked, 'best');
  const deb =
    platform.os === 'linux' ? makeDeb({ folder: unpacked, version, arch: platform.arch }, 'best') : undefined;
  rmSync(unpacked, { recursive: true });
  for (const { name, size } of archives) {
    const started = checkThatItStarts(join(folder, name), version, platform);
    console.log(
      `${name}  ${(size / 1e6).toFixed(1)} MB  ${started ? 'starts' : 'NOT STARTED: not possible here'}`,
    );
  }
  if (deb) console.log(`${deb.name}  ${(deb.size / 1e6).toFixed(1)} MB`);
  files.push(...archives, ...(deb ? [deb] : []));
}
const installer = join(folder, 'install.sh');
copyFileSync(path('scripts/install.sh'), installer);
files.push(describe(installer));
files.push(describe(writeReleaseNotes(folder, version, PLATFORMS)));
writeSums(release, version, files);
writeLatest(release, version, files);
copyFileSync(installer, join(release, LATEST, 'install.sh'));
if (verify) {
  const { same, different, notMade, notPublished } = await compareReleases(verify, release, version);
  for (const name of same) console.log(`same           ${name}`);
  for (const name of different) console.log(`DIFFERENT      ${name}`);
  for (const name of notMade) console.log(`NOT MADE       ${name}`);
  for (const name of notPublished) console.log(`NOT PUBLISHED  ${name}`);
  if (different.length + notMade.length + notPublished.length > 0) process.exitCode = 1;
}

async function foreignExecutable(platform: Platform): Promise<string> {
  const parts = await bundleParts('bin/wasp.ts', '.cache/parts');
  const output = path(`.cache/wasp-${nameOf(platform)}`);
  const assets = {
    ...frontEndMark(version),
    ...Object.fromEntries([...parts].map(([name, file]) => [`${name}.js`, file])),
  };
  await withNodesFor(platform, () =>
    makeExecutable({ script: 'bin/standalone.cjs', output, assets, target: platform }),
  );
  if (platform.os === 'darwin') finishForMacOs(output, platform);
  return output;
}

/** Makes an executable for macOS smaller to pack, signs it, and says what a mistake would cost: nobody here could start it to see. */
function finishForMacOs(executable: string, platform: Platform): void {
  const node = readFileSync(join(nodeFolder(platform.node), 'bin/node'));
  if (!isSigned(node))
    throw new Error("Apple's own signature of Node doesn't pass our check: the check is wrong.");
  const content = readFileSync(executable);
  blankLocalSymbols(content);
  const signed = sign(content, 'wasp');
  if (!isSigned(signed)) throw new Error(`The signature of ${executable} doesn't match its content.`);
  writeFileSync(executable, signed);
}
