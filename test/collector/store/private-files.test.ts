import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makePrivate } from '../../../src/collector/store/private-files.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { testAsRoot } from '../../support/where-possible.ts';

const rights = (path: string) => (statSync(path).mode & 0o7777).toString(8);

/** A directory with one file in it, both with these rights. */
function made(directoryMode: number, fileMode: number): { directory: string; file: string } {
  const directory = temporaryDirectory();
  const file = join(directory, 'collector.db');
  writeFileSync(file, '');
  chmodSync(file, fileMode);
  chmodSync(directory, directoryMode);
  return { directory, file };
}

test.each([
  [0o777, 0o666, '700', '600'],
  [0o2775, 0o664, '2700', '600'],
  [0o1777, 0o644, '1777', '600'],
  [0o755, 0o444, '700', '400'],
  [0o555, 0o600, '500', '600'],
])('a directory of %i and a file of %i are closed to others, and to nobody else', (...modes) => {
  const [directoryMode, fileMode, directoryAfter, fileAfter] = modes;
  const { directory, file } = made(directoryMode, fileMode);
  makePrivate(directory, [file, `${file}-wal`]);
  expect([rights(directory), rights(file)]).toEqual([directoryAfter, fileAfter]);
});

testAsRoot('root closes no directory of the system: one with other folders in it', () => {
  const { directory, file } = made(0o755, 0o644);
  mkdirSync(join(directory, 'messages'));
  mkdirSync(join(directory, 'postgresql'));
  makePrivate(directory, [file]);
  expect([rights(directory), rights(file)]).toEqual(['755', '600']);
});
