import { globSync, readFileSync } from 'node:fs';
import { path } from '../../scripts/paths.ts';

/** The installer is one file because one file is what is fetched and read before it is run. */
const LONG = ['scripts/install.sh'];

test('no file is longer than 250 lines', () => {
  const patterns = ['*.md', '*.js', '{bin,docs,scripts,src,test}/**/*.{ts,cts,mts,js,cjs,mjs,css,md,sh}'];
  const files = globSync(patterns, { cwd: path('.') }).filter((file) => !LONG.includes(file));
  expect(files.length).toBeGreaterThan(500);
  const lines = (file: string) => readFileSync(path(file), 'utf8').split('\n').length - 1;
  expect(files.map((file) => [file, lines(file)] as const).filter(([, count]) => count > 250)).toEqual([]);
});
