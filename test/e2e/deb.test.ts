import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDeb } from '../../scripts/package/deb.ts';
import { path } from '../../scripts/paths.ts';
import { NEWEST } from '../../scripts/test-release.ts';
import { findProgram } from '../support/install/sandbox.ts';

/** Makes the package of an executable in a new folder below a parent, as `npm run package` does. Returns the file. */
function deb(parent: string, executable: string | Buffer): string {
  const folder = join(mkdtempSync(join(parent, 'package-')), 'unpacked');
  mkdirSync(folder);
  for (const [name, content] of Object.entries({
    wasp: executable,
    LICENSE: readFileSync(path('LICENSE')),
    'LICENSES.txt': 'all licences',
    'sbom.cdx.json': '{}',
  }))
    writeFileSync(join(folder, name), content);
  const made = makeDeb({ folder, version: NEWEST, arch: process.arch as 'x64' | 'arm64' }, 'fast');
  return join(folder, '..', made?.name ?? 'none');
}

/** dpkg with a folder in place of the machine: its database and all that it installs are in there. */
function dpkg(root: string, ...args: string[]) {
  mkdirSync(join(root, 'var/lib/dpkg/info'), { recursive: true });
  mkdirSync(join(root, 'var/lib/dpkg/updates'), { recursive: true });
  writeFileSync(join(root, 'var/lib/dpkg/status'), '', { flag: 'a' });
  const here = [`--root=${root}`, `--log=${root}/log`, '--force-script-chrootless'];
  // Of any user, and without the libraries that it depends on.
  return spawnSync('dpkg', [...here, '--force-not-root,depends,bad-path', ...args], { encoding: 'utf8' });
}

(findProgram('dpkg-deb') ? describe : describe.skip)('the package for Debian', () => {
  let parent: string;
  let real: string;
  let root: string;
  beforeAll(() => {
    parent = mkdtempSync(join(tmpdir(), 'wasp-deb-'));
    real = deb(parent, readFileSync(path('dist/wasp')));
  }, 120_000);
  beforeEach(() => {
    root = mkdtempSync(join(parent, 'root-'));
  });
  afterAll(() => rmSync(parent, { recursive: true }));

  test('installs a front end that starts, over itself too, and leaves nothing when it is removed', () => {
    for (const _ of ['first', 'again']) {
      expect(dpkg(root, '--install', real)).toMatchObject({ status: 0 });
      const started = execFileSync(join(root, 'usr/bin/wasp'), ['--version'], {
        env: { HOME: root, PATH: '' },
        encoding: 'utf8',
      });
      expect(started).toMatch(`front end  ${NEWEST}\n`);
    }
    expect(dpkg(root, '--verify', 'wasp-front-end')).toMatchObject({ status: 0, stdout: '' });
    expect(dpkg(root, '--purge', 'wasp-front-end')).toMatchObject({ status: 0 });
    expect(existsSync(join(root, 'usr'))).toBe(false);
  }, 120_000);

  test('leaves a wasp that is there already, and names it', () => {
    mkdirSync(join(root, 'usr/bin'), { recursive: true });
    const foreign = join(root, 'usr/bin/wasp');
    const tiny = deb(parent, '#!/bin/sh\n');
    for (const put of [
      () => writeFileSync(foreign, 'somebody’s'),
      () => symlinkSync('../lib/node_modules/@wasp.sh/wasp-cli/bin.js', foreign),
    ]) {
      rmSync(foreign, { force: true });
      put();
      const listed = () => execFileSync('ls', ['-lin', join(root, 'usr/bin')], { encoding: 'utf8' });
      const before = listed();
      const { status, stderr } = dpkg(root, '--install', tiny);
      expect(status).toBe(1);
      expect(stderr).toContain(`${foreign} is there already`);
      expect(listed()).toBe(before);
      expect(existsSync(join(root, 'usr/share'))).toBe(false);
    }
  });

  test('is the same, byte for byte, whatever the umask and the time zone of the build are', () => {
    const before = [process.umask(), process.env.TZ] as const;
    const first = readFileSync(deb(parent, '#!/bin/sh\n'));
    try {
      process.umask(0o077);
      process.env.TZ = 'Asia/Tokyo';
      expect(readFileSync(deb(parent, '#!/bin/sh\n')).equals(first)).toBe(true);
    } finally {
      process.umask(before[0]);
      if (before[1] === undefined) delete process.env.TZ;
      else process.env.TZ = before[1];
    }
  });

  (findProgram('lintian') ? test : test.skip)(
    'has nothing that lintian calls an error',
    () => {
      // What lintian says about the executable is in the overrides; to read that one takes it a minute on a slow machine.
      const tiny = deb(parent, '#!/bin/sh\n');
      const { status, stdout } = spawnSync('lintian', ['--allow-root', tiny], { encoding: 'utf8' });
      // Its warnings differ between versions.
      expect({ status, stdout }).toMatchObject({ status: 0 });
      expect(stdout).not.toMatch(/^E:/m);
    },
    120_000,
  );
});
