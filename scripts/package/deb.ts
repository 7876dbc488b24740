import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { path } from '../paths.ts';
import { describe, type Effort, type ReleaseFile } from './archive.ts';
import type { Platform } from './platforms.ts';

const NAME = 'wasp-front-end';

const PROGRAMS = ['usr/bin/wasp', 'DEBIAN/preinst'];

/** As Debian names processors. */
const ARCHITECTURES: Record<Platform['arch'], string> = { x64: 'amd64', arm64: 'arm64' };

/** When everything in the package was written, in seconds: lintian takes 1970, as archives have it, for a mistake. */
const TIME = '946684800';
const TIME_IN_WORDS = 'Sat, 01 Jan 2000 00:00:00 +0000';

/**
 * Packs a folder that `fillFolder` has filled for Linux as a package for Debian and Ubuntu, beside that folder, with dpkg-deb.
 * The same content gives the same bytes. Undefined, and says so, where dpkg-deb is not installed; throws if it fails.
 */
export function makeDeb(
  { folder, version, arch }: { folder: string; version: string; arch: Platform['arch'] },
  effort: Effort,
): ReleaseFile | undefined {
  const architecture = ARCHITECTURES[arch];
  const file = join(dirname(folder), `${NAME}_${version}_${architecture}.deb`);
  if (spawnSync('dpkg-deb', ['--version']).error) {
    console.log(`${file} is not made: dpkg-deb is not installed`);
    return undefined;
  }
  const root = `${file}.root`;
  try {
    layOut(root, { folder, version, architecture });
    const compression = ['-Zxz', effort === 'best' ? '-z9' : '-z0'];
    // One thread: with more, some versions cut the content into pieces.
    const env = { ...process.env, SOURCE_DATE_EPOCH: TIME, DPKG_DEB_THREADS_MAX: '1' };
    const stdio = ['ignore', 'ignore', 'inherit'] as const;
    execFileSync('dpkg-deb', ['--root-owner-group', ...compression, '--build', root, file], {
      env,
      stdio: [...stdio],
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
  return describe(file);
}

/** Makes the folder that dpkg-deb packs, with the same modes whatever the umask of the build is. */
function layOut(
  root: string,
  { folder, version, architecture }: { folder: string; version: string; architecture: string },
): void {
  const ours = (name: string) => readFileSync(path(`scripts/package/debian/${name}`), 'utf8');
  const control = ours('control');
  const kibibytes = Math.ceil(statSync(join(folder, 'wasp')).size / 1024);
  const identity = {
    Package: NAME,
    Version: version,
    Architecture: architecture,
    'Installed-Size': kibibytes,
  };
  const fields = Object.entries(identity).map(([field, value]) => `${field}: ${value}\n`);
  const changes = `${NAME} (${version}) unstable; urgency=medium

  * What has changed: https://github.com/wasp-lang/wasp-front-end/releases

 -- ${control.match(/^Maintainer: (.*)$/m)?.[1]}  ${TIME_IN_WORDS}
`;
  const documents = `usr/share/doc/${NAME}`;
  const installed: Record<string, string | Buffer> = {
    'usr/bin/wasp': readFileSync(join(folder, 'wasp')),
    [`${documents}/changelog.gz`]: gzipSync(changes, { level: 9 }),
    [`${documents}/copyright`]: ours('copyright') + readFileSync(join(folder, 'LICENSE'), 'utf8'),
    [`${documents}/LICENSES.txt`]: readFileSync(join(folder, 'LICENSES.txt')),
    [`${documents}/sbom.cdx.json`]: readFileSync(join(folder, 'sbom.cdx.json')),
    [`usr/share/lintian/overrides/${NAME}`]: ours('lintian-overrides'),
    'usr/share/man/man1/wasp.1.gz': gzipSync(ours('wasp.1'), { level: 9 }),
  };
  const sums = Object.entries(installed).map(
    ([name, content]) => `${createHash('md5').update(content).digest('hex')}  ${name}\n`,
  );
  const files = {
    ...installed,
    'DEBIAN/control': fields.join('') + control,
    'DEBIAN/md5sums': sums.join(''),
    'DEBIAN/preinst': ours('preinst'),
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content, { mode: PROGRAMS.includes(name) ? 0o755 : 0o644 });
  }
  execFileSync('chmod', ['-R', 'u=rwX,go=rX', root]);
}
