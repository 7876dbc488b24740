/**
 * `npm run build`: dist/wasp and dist/wasp-collector, each one standalone executable for this platform, and beside
 * them the same programs as bundles for hosts that have Node 26.
 */
import { mkdirSync, statSync } from 'node:fs';
import packageJson from '../package.json' with { type: 'json' };
import { bundle, bundleParts } from './bundle.ts';
import { makeCodeCaches } from './code-cache.ts';
import { frontEndMark, makeExecutable } from './executable.ts';
import { path } from './paths.ts';

mkdirSync(path('dist'), { recursive: true });
await bundle('bin/wasp.ts', 'dist/wasp.cjs');
const assets = await bundleParts('bin/wasp.ts', '.cache/parts');
const caches = await makeCodeCaches('.cache/parts');
await makeExecutable({
  script: 'bin/standalone.cjs',
  output: path('dist/wasp'),
  assets: {
    ...frontEndMark(packageJson.version),
    ...Object.fromEntries([...assets].map(([name, file]) => [`${name}.js`, file])),
    ...Object.fromEntries([...caches].map(([name, file]) => [`${name}.cache`, file])),
  },
});

// The collector runs for months: how fast it starts doesn't matter.
await bundle('bin/wasp-collector.ts', 'dist/wasp-collector.cjs');
await makeExecutable({
  script: 'dist/wasp-collector.cjs',
  output: path('dist/wasp-collector'),
  assets: {},
});

for (const executable of ['dist/wasp', 'dist/wasp-collector']) {
  console.log(`${executable}  ${(statSync(path(executable)).size / 1e6).toFixed(0)} MB`);
}
