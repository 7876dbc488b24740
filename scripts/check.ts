/** `npm run check`: types, lint, format, imports, docs, workflows. Stops at nothing, so that one run shows everything. */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { path } from './paths.ts';

const checks = [
  ['types', 'tsc', '--noEmit'],
  ['types of the page’s script', 'tsc', '--noEmit', '-p', 'src/collector/page/browser'],
  ['types of the browser tests', 'tsc', '--noEmit', '-p', 'test/browser'],
  ['lint and format', 'biome', 'check', '--error-on-warnings'],
  ['what may import what', 'node', path('scripts/check/dependencies.ts')],
  ['docs', 'node', path('scripts/docs.ts'), '--check'],
  ['workflows', 'node', path('scripts/check/workflows.ts')],
] as const;

for (const [name, command, ...args] of checks) {
  const { status } = spawnSync(path(`node_modules/.bin/${command}`), args, {
    cwd: path('.'),
    stdio: 'inherit',
  });
  if (status !== 0) {
    console.error(`check: ${name} failed`);
    process.exitCode = 1;
  }
}

// Debian's, so it may not be here; .ci/run installs it.
const shellScripts = [
  path('scripts/install.sh'),
  path('scripts/package/debian/preinst'),
  ...globSync(path('scripts/release/*.sh')),
];
const shellcheck = spawnSync('shellcheck', shellScripts, { stdio: 'inherit' });
if (shellcheck.error) {
  console.error('check: NOT CHECKED, shellcheck is not installed: shell scripts');
} else if (shellcheck.status !== 0) {
  console.error('check: shell scripts failed');
  process.exitCode = 1;
}
