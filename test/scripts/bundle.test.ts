import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { path } from '../../scripts/paths.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryDirectory();
});

/**
 * Bundles a program whose `main.ts` imports the modules dynamically, in a process of its own as a build does. Returns
 * the parts, by their names' ends: the beginning is where the temporary folder lies.
 */
async function bundle(modules: readonly string[]): Promise<Record<string, string>> {
  for (const module of modules) write(module, `console.log('this is ${module}');`);
  write('main.ts', modules.map((module) => `void import('./${module}');`).join('\n'));
  const from = (file: string) => relative(path('.'), join(folder, file));
  const script = `import { bundleParts } from ${JSON.stringify(path('scripts/bundle.ts'))};
    console.log(JSON.stringify([...await bundleParts(${JSON.stringify(from('main.ts'))}, ${JSON.stringify(from('parts'))})]));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  const parts: [string, string][] = JSON.parse(stdout);
  return Object.fromEntries(
    parts.map(([name, file]) => [name.replace(/^.*wasp-test-\w+?-(?=a)/, ''), readFileSync(file, 'utf8')]),
  );
}

function write(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

test('two modules of one name in folders of one name are two parts', async () => {
  const parts = await bundle(['a1/store/open.ts', 'a2/store/open.ts']);
  expect(parts['a1-store-open']).toContain('this is a1/store/open.ts');
  expect(parts['a2-store-open']).toContain('this is a2/store/open.ts');
});

test.each([
  ['a/b-c.ts', 'a-b/c.ts'],
  // One file where the file system doesn't tell them apart.
  ['a/Open.ts', 'a1/../a/b/../open.ts'],
])('modules that would be one part are refused: %s and %s', async (one, other) => {
  await expect(bundle([one, other])).rejects.toThrow(/Two modules would be the part .* Rename one of them\./);
});

test('parts are in the order of their names, whatever the order of the imports', async () => {
  const names = Object.keys(await bundle(['a/zebra.ts', 'a/ape.ts', 'a/bee.ts']));
  expect(names).toEqual(['main', 'a-ape', 'a-bee', 'a-zebra'].sort((a, b) => (rank(a) < rank(b) ? -1 : 1)));
});

/** The whole name begins with the temporary folder's. */
function rank(name: string): string {
  return name === 'main' ? name : `-${name}`;
}
