import { findProject, projectHash } from '../../../src/front-end/telemetry/project.ts';
import { fakeHost } from '../../support/fake-host.ts';
import vectors from '../../vectors.json' with { type: 'json' };

test.each(vectors.project_hash)('the hash of $root is the real Wasp’s', ({ root, hash }) => {
  expect(projectHash(root)).toBe(hash);
});

test('a project at the root of the file system has one trailing slash, not two', () => {
  // SHA-256 of "/".
  expect(projectHash('/')).toBe('8a5edab282632443');
});

test('names beyond ASCII are hashed as UTF-8', () => {
  // printf '/home/zo\303\253/' | sha256sum
  expect(projectHash('/home/zoë')).toBe('70647fbbbdec4bd6');
});

function projectAt(cwd: string | undefined, ...files: string[]): string | undefined {
  const host = fakeHost({ cwd: () => cwd });
  for (const file of files) host.files.put(file, '');
  return findProject(host);
}

test('the nearest ancestor with a marker counts, the directory itself included', () => {
  const roots = ['/a/.wasproot', '/a/b/c/.wasproot'];
  expect(projectAt('/a/b/c', ...roots)).toBe('/a/b/c');
  expect(projectAt('/a/b/c/d/e', ...roots)).toBe('/a/b/c');
  expect(projectAt('/a/b', ...roots)).toBe('/a');
  expect(projectAt('/b', ...roots)).toBeUndefined();
  expect(projectAt('/', '/.wasproot')).toBe('/');
});

test('a folder of the marker’s name is no marker', () => {
  expect(projectAt('/a', '/a/.wasproot/file')).toBeUndefined();
});

test('a working directory that is gone is in no project', () => {
  expect(projectAt(undefined)).toBeUndefined();
});
