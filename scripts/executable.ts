import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { path } from './paths.ts';

const require = createRequire(import.meta.url);

/**
 * Makes a standalone executable for this platform: a CommonJS script and its assets inside Node, by pkg in simple SEA
 * mode. Its command line has no way to give the configuration, its module has.
 */
export async function makeExecutable({
  script,
  output,
  assets,
}: {
  script: string;
  output: string;
  assets: Record<string, string>;
}): Promise<void> {
  const { default: sea } = require(path('node_modules/pkg/lib-es5/sea.js'));
  // Replaced by rename: a running copy keeps its file.
  const fresh = `${output}.new`;
  await sea(path(script), {
    nodePath: baseNode(),
    seaConfig: {
      disableExperimentalSEAWarning: true,
      useSnapshot: false,
      useCodeCache: true,
      assets,
      // Otherwise the flags in a person's NODE_OPTIONS would be ours too: --require runs code in us, and a flag for
      // V8 makes Node reject the code cache and say so on stderr.
      execArgvExtension: 'none',
    },
    targets: [{ nodeRange: 'node24', platform: pkgPlatform(), arch: process.arch, output: fresh }],
  });
  chmodSync(fresh, 0o755);
  renameSync(fresh, output);
}

/** This Node, stripped where strip is at hand. It has to be done before anything is injected: afterwards it breaks the executable. */
export function baseNode(): string {
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
