import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareReleases } from '../../../scripts/package/compare.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wasp-compare-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A release folder with these checksums, each a digit that is repeated. */
function release(name: string, sums: Record<string, string>): string {
  mkdirSync(join(folder, name, 'v1.2.3'), { recursive: true });
  const lines = Object.entries(sums).map(([file, digit]) => `${digit.repeat(64)}  ${file}\n`);
  writeFileSync(join(folder, name, 'v1.2.3/SHA256SUMS'), lines.join(''));
  return join(folder, name);
}

test('a rebuilt release is compared with the published one, file by file', async () => {
  const published = release('published', { a: '1', b: '2', c: '3' });
  const rebuilt = release('rebuilt', { a: '1', b: '9', d: '4' });
  expect(await compareReleases(published, rebuilt, '1.2.3')).toEqual({
    same: ['a'],
    different: ['b'],
    missing: ['c'],
  });
});

test('published checksums that are not there, or empty, are no agreement', async () => {
  const rebuilt = release('rebuilt', { a: '1' });
  const empty = release('empty', {});
  await expect(compareReleases(empty, rebuilt, '1.2.3')).rejects.toThrow('SHA256SUMS lists no file');
  await expect(compareReleases('http://127.0.0.1:9', rebuilt, '1.2.3')).rejects.toThrow();
});
