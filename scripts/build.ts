/**
 * `npm run build`: dist/wasp and dist/wasp-collector, each one standalone executable for this platform, and beside
 * them the same programs as bundles for hosts that have Node 24.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { bundle } from './bundle.ts';
import { path } from './paths.ts';

const require = createRequire(import.meta.url);

mkdirSync(path('dist'), { recursive: true });
await bundle('bin/wasp.ts', 'dist/wasp.cjs');
await makeExecutable('dist/wasp.cjs', 'dist/wasp');
await bundle('bin/wasp-collector.ts', 'dist/wasp-collector.cjs');
await makeExecutable('dist/wasp-collector.cjs', 'dist/wasp-collector');

/** Injects a bundle into Node with pkg, in simple SEA mode with V8's code cache (docs/architecture.md says why). */
async function makeExecutable(script: string, output: string): Promise<void> {
  const { default: sea } = require(path('node_modules/pkg/lib-es5/sea.js'));
  // Replaced by rename: a running copy keeps its file.
  const fresh = path(`${output}.new`);
  await sea(path(script), {
    nodePath: baseNode(),
    seaConfig: {
      disableExperimentalSEAWarning: true,
      useSnapshot: false,
      useCodeCache: true,
      // Without this, flags in a person's NODE_OPTIONS would be ours too: --require runs code in us, and a flag for
      // V8 makes Node reject the code cache and say so on stderr.
      execArgvExtension: 'none',
    },
    targets: [{ nodeRange: 'node24', platform: pkgPlatform(), arch: process.arch, output: fresh }],
  });
  chmodSync(fresh, 0o755);
  renameSync(fresh, path(output));
  console.log(`${output}  ${(statSync(path(output)).size / 1e6).toFixed(0)} MB`);
}

/** This Node, stripped where strip is at hand. It has to be done before the blob is injected: afterwards it breaks the executable. */
function baseNode(): string {
  const stripped = path(`.cache/node-${process.version}-stripped`);
  if (existsSync(stripped)) return stripped;
  mkdirSync(path('.cache'), { recursive: true });
  const fresh = `${stripped}.new`;
  copyFileSync(process.execPath, fresh);
  try {
    execFileSync('strip', process.platform === 'darwin' ? ['-x', fresh] : [fresh], { stdio: 'ignore' });
  } catch {
    console.log('strip is not available: the executable will be about 20 MB larger');
    return process.execPath;
  }
  renameSync(fresh, stripped);
  return stripped;
}

function pkgPlatform(): string {
  return process.platform === 'darwin' ? 'macos' : process.platform;
}
