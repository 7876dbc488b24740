import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const ROOT = join(__dirname, '../../..');

const UNSEEN = [
  "export type X = import('../messages/x.ts').X;",
  "export type X = typeof import('../messages/x.ts');",
  "const name = '../messages/x.ts'; export const x = import(name);",
  "const name = 'x.ts'; export const x = import('../messages/' + name);",
] as const;
const SEEN = "export const x = import('../messages/x.ts');\nimport type { X } from '../messages/x.ts';";

let found: string;

beforeAll(() => {
  const folder = temporaryDirectory();
  const plugins = [join(ROOT, 'scripts/check/visible-imports.grit')];
  writeFileSync(
    join(folder, 'biome.json'),
    JSON.stringify({ plugins, linter: { rules: { preset: 'none' } } }),
  );
  for (const [index, text] of [...UNSEEN, SEEN].entries()) writeFileSync(join(folder, `${index}.ts`), text);
  found = spawnSync(join(ROOT, 'node_modules/.bin/biome'), ['lint'], {
    cwd: folder,
    encoding: 'utf8',
  }).stderr;
});

test.each([...UNSEEN.entries()])(
  'lint refuses an import that the check of imports would not see: %i, %s',
  (index) => {
    expect(found).toContain(`${index}.ts`);
    expect(found.match(/is not held against scripts/g)).toHaveLength(UNSEEN.length);
  },
);

test('lint lets an import by its name pass', () => {
  expect(found).not.toContain(`${UNSEEN.length}.ts`);
});
