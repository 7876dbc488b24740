import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
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

/** What these caches are, as checksums by part. */
const CHECKSUMS = `const { createHash } = await import('node:crypto');
  const { readFileSync } = await import('node:fs');
  const { makeCodeCaches } = await import(${JSON.stringify(path('scripts/code-cache.ts'))});
  const caches = await makeCodeCaches(process.argv[1]);
  const sum = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');
  console.log(JSON.stringify([...caches].map(([part, file]) => [part, sum(file)])));`;

/** Makes the code caches in a folder of its own, with a umask, and as another user if told. */
function cachesOf({ umask = '022', command = [] as string[] } = {}): string {
  const parts = mkdtempSync(join(folder, 'parts-'));
  cpSync(path('.cache/parts'), parts, { recursive: true });
  for (const place of [folder, parts, ...readdirSync(parts).map((name) => join(parts, name))])
    chmodSync(place, 0o777);
  const node = [process.execPath, '--input-type=module', '--eval', CHECKSUMS, relative(path('.'), parts)];
  const script = `umask ${umask}; exec "$@"`;
  return execFileSync('sh', ['-c', script, 'sh', ...command, ...node], { cwd: path('.'), encoding: 'utf8' });
}

test('code caches are the same each time, whatever the umask is', () => {
  const first = cachesOf();
  for (const umask of ['022', '077', '002', '022', '077', '002']) expect(cachesOf({ umask })).toBe(first);
});

test('code caches are the same with a longer TMPDIR', () => {
  const longer = join(folder, 'a/longer/temporary/folder');
  mkdirSync(longer, { recursive: true });
  expect(cachesOf({ command: ['env', `TMPDIR=${longer}`] })).toBe(cachesOf());
});

test('code caches are the same for root and another user', () => {
  const command = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  if (spawnSync(command[0] as string, [...command.slice(1), 'ls', path('scripts')]).status !== 0)
    return void process.stderr.write(
      'NOT TESTED, no other user can read the source: code caches of two users\n',
    );
  expect(cachesOf({ command })).toBe(cachesOf());
});
