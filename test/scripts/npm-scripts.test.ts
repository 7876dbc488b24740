import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { path } from '../../scripts/paths.ts';

test('every npm script that docs, comments and workflows name is there', () => {
  const { scripts } = JSON.parse(readFileSync(path('package.json'), 'utf8'));
  const elsewhere = ['node_modules', '.cache', 'dist', '.git'].map((folder) => `--exclude-dir=${folder}`);
  const found = execFileSync('grep', ['-rhoIE', ...elsewhere, 'npm run( -s)? [a-z][a-z:]*', path('.')]);
  const names = new Set(
    found
      .toString()
      .trim()
      .split('\n')
      .map((text) => text.split(' ').at(-1) as string),
  );
  expect(names).toContain('bench');
  expect([...names].filter((name) => !(name in scripts))).toEqual([]);
});
