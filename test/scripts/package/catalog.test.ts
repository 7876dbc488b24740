import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { archive } from '../../../scripts/package/archive.ts';
import { LATEST, writeLatest, writeSums } from '../../../scripts/package/catalog.ts';
import { path } from '../../../scripts/paths.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

let release: string;
beforeEach(() => {
  release = temporaryDirectory();
});

/** A version whose only archives hold one small file. */
async function addVersion(version: string, written = new Date()) {
  const folder = join(release, `v${version}`, `wasp-${version}-linux-x64`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'wasp'), version);
  utimesSync(join(folder, 'wasp'), written, written);
  const files = await archive(folder, 'fast');
  writeSums(release, version, files);
  writeLatest(release, version, files);
  return files;
}

test('sha256sum agrees with SHA256SUMS', async () => {
  const files = await addVersion('1.2.3');
  const checked = execFileSync('sha256sum', ['--check', 'SHA256SUMS'], {
    cwd: join(release, 'v1.2.3'),
    encoding: 'utf8',
  });
  expect(checked.trim().split('\n')).toEqual(files.map(({ name }) => `${name}: OK`));
});

test('latest.json is JSON that names the newest version and its files, a line each', async () => {
  await addVersion('1.2.2');
  const files = await addVersion('1.2.3');
  const text = readFileSync(join(release, 'latest/latest.json'), 'utf8');
  expect(JSON.parse(text)).toEqual({
    version: '1.2.3',
    files: files.map(({ name, size, sha256 }) => ({ path: `v1.2.3/${name}`, size, sha256 })),
  });
  expect(text.match(/^ {2}"version": "1.2.3",$/m)).not.toBeNull();
  expect(text.match(/^ {4}\{.*\},?$/gm)).toHaveLength(files.length);
});

test('the same content packs to the same bytes, whenever it was written', async () => {
  const [first] = await addVersion('1.2.3', new Date(0));
  const [second] = await addVersion('1.2.3');
  expect(second).toEqual(first);
});

test('the pages that say how to install from a built release name the installer where it is', () => {
  for (const page of ['README.md', 'docs/install.md']) {
    const [, installer] = readFileSync(path(page), 'utf8').match(/ sh dist\/release\/(\S+)/) ?? [];
    expect([page, installer]).toEqual([page, `${LATEST}/install.sh`]);
  }
});
