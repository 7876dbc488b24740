import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { makeCodeCaches } from '../../scripts/code-cache.ts';
import { path } from '../../scripts/paths.ts';

let folder: string;
beforeEach(() => {
  mkdirSync(path('.cache'), { recursive: true });
  folder = mkdtempSync(path('.cache/reproducible-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Makes an executable of a script in a folder of its own, in a process of its own as a build does. Returns its bytes. */
function build(place: string): Buffer {
  const script = join(folder, place, 'main.cjs');
  mkdirSync(join(folder, place));
  writeFileSync(script, "console.log('hello')");
  const output = join(folder, place, 'program');
  const options = { script: relative(path('.'), script), output, assets: { script } };
  const code = `import { makeExecutable } from ${JSON.stringify(path('scripts/executable.ts'))};
    await makeExecutable(${JSON.stringify(options)});`;
  execFileSync(process.execPath, ['--input-type=module', '--eval', code], { stdio: 'pipe' });
  return readFileSync(output);
}

test('an executable is the same wherever its script lay', () => {
  const [first, second] = [build('here'), build('somewhere else')];
  expect(first.equals(second)).toBe(true);
});

test('code caches are the same each time', async () => {
  const contents = [];
  for (let round = 0; round < 8; round++) {
    const caches = await makeCodeCaches('.cache/parts');
    contents.push(
      [...caches].map(([part, file]) => [
        part,
        createHash('sha256').update(readFileSync(file)).digest('hex'),
      ]),
    );
  }
  for (const others of contents) expect(others).toEqual(contents[0]);
});
