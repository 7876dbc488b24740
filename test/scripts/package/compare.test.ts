import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareReleases } from '../../../scripts/package/compare.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wasp-compare-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A release folder of version 1.2.3, which is the newest if it has an installer, with these files and their checksums. */
function release(name: string, files: Record<string, string>): string {
  for (const part of ['v1.2.3', 'latest']) mkdirSync(join(folder, name, part), { recursive: true });
  const lines = Object.entries(files).map(
    ([file, content]) => `${createHash('sha256').update(content).digest('hex')}  ${file}\n`,
  );
  for (const [file, content] of Object.entries(files))
    writeFileSync(join(folder, name, 'v1.2.3', file), content);
  writeFileSync(join(folder, name, 'v1.2.3/SHA256SUMS'), lines.join(''));
  const newest = files['install.sh'] ? '1.2.3' : '1.2.2';
  writeFileSync(join(folder, name, 'latest/latest.json'), JSON.stringify({ version: newest }));
  if (files['install.sh']) writeFileSync(join(folder, name, 'latest/install.sh'), files['install.sh']);
  return join(folder, name);
}

test('a rebuilt release is compared with the published one, file by file', async () => {
  const published = release('published', { a: '1', b: '2', c: '3' });
  const rebuilt = release('rebuilt', { a: '1', b: '9', d: '4' });
  for (const address of [published, `file://${published}`]) {
    expect(await compareReleases(address, rebuilt, '1.2.3')).toMatchObject({
      same: ['a'],
      different: ['b'],
      notMade: ['c'],
      notPublished: ['d'],
    });
  }
});

test('a published file is different that is not what its own SHA256SUMS lists', async () => {
  const files = { a: '1', 'install.sh': 'echo' };
  const published = release('published', files);
  const rebuilt = release('rebuilt', files);
  const same = { same: ['a', 'install.sh', 'latest/install.sh'], different: [] };
  expect(await compareReleases(published, rebuilt, '1.2.3')).toMatchObject(same);
  writeFileSync(join(published, 'v1.2.3/a'), '2');
  writeFileSync(join(published, 'latest/install.sh'), 'echo swapped');
  expect(await compareReleases(published, rebuilt, '1.2.3')).toMatchObject({
    same: ['install.sh'],
    different: ['a', 'latest/install.sh'],
  });
});

test('published checksums that are not there, or empty, are no agreement', async () => {
  const rebuilt = release('rebuilt', { a: '1' });
  const empty = release('empty', {});
  await expect(compareReleases(empty, rebuilt, '1.2.3')).rejects.toThrow('SHA256SUMS lists no file');
  for (const nowhere of ['http://127.0.0.1:9', join(folder, 'nowhere'), `file://${folder}/nowhere`])
    await expect(compareReleases(nowhere, rebuilt, '1.2.3')).rejects.toThrow();
});
