/**
 * `npm run build`: dist/wasp, one standalone executable for this platform, and dist/wasp.cjs, the same program for
 * hosts that have Node 24.
 */
import { mkdirSync, statSync } from 'node:fs';
import { bundle, bundleParts } from './bundle.ts';
import { makeCodeCache } from './code-cache.ts';
import { makeExecutable } from './executable.ts';
import { path } from './paths.ts';

mkdirSync(path('dist'), { recursive: true });
await bundle('bin/wasp.ts', 'dist/wasp.cjs');

const assets = await bundleParts('bin/wasp.ts', '.cache/parts');
const main = assets.get('main') as string;
const cache = makeCodeCache(main);
await makeExecutable({
  output: path('dist/wasp'),
  assets: {
    ...Object.fromEntries([...assets].map(([name, file]) => [`${name}.js`, file])),
    'main.cache': cache,
  },
});
console.log(`dist/wasp  ${(statSync(path('dist/wasp')).size / 1e6).toFixed(0)} MB`);
