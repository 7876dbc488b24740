import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { path } from './paths.ts';

const require = createRequire(import.meta.url);

/** A platform other than this one, and the Node for it. */
export interface ForeignTarget {
  readonly os: 'linux' | 'darwin';
  readonly arch: 'x64' | 'arm64';
  /** Exactly, without a `v`: pkg finds that Node in its cache. */
  readonly nodeVersion: string;
}

/** What the installer knows a front end's executable by, without running it: scripts/install.sh has the same words. */
const MARK = 'This file is the Wasp front end, version ';

/** The asset that marks an executable as the front end of that version: a line of its own inside the file. */
export function frontEndMark(version: string): Record<string, string> {
  const file = path(`.cache/mark-${version}`);
  mkdirSync(path('.cache'), { recursive: true });
  writeFileSync(file, `\n${MARK}${version}\n`);
  return { mark: file };
}

/**
 * Makes a standalone executable: a CommonJS script and its assets inside Node, by pkg in simple SEA mode. Its command
 * line has no way to give the configuration, its module has.
 * @param target this platform and this Node, unless told
 */
export async function makeExecutable({
  script,
  output,
  assets,
  target,
}: {
  script: string;
  output: string;
  assets: Record<string, string>;
  target?: ForeignTarget;
}): Promise<void> {
  const { default: sea } = require(path('node_modules/pkg/lib-es5/sea.js'));
  // Replaced by rename: a running copy keeps its file.
  const fresh = `${output}.new`;
  const os = target?.os ?? process.platform;
  await atTheSamePath(path(script), (main) =>
    sea(path(script), {
      ...(!target && { nodePath: baseNode() }),
      seaConfig: {
        main,
        disableExperimentalSEAWarning: true,
        useSnapshot: false,
        // V8 rejects a code cache that another platform made, and Node says so on stderr on every run. And two builds of
        // one source would differ: scripts/code-cache.ts makes those that count.
        useCodeCache: false,
        assets,
        // Otherwise the flags in a user's NODE_OPTIONS would be ours too: --require runs code in us, and a flag for
        // V8 makes Node reject the code cache and say so on stderr.
        execArgvExtension: 'none',
        // One thread for V8's work beside ours, not four that the hand-off ends again. No configuration of OpenSSL: Node
        // would read it before any code of ours, wait for a named pipe and end at a mistake. Then, since Node repeats argv[0]
        // where a script's path would be, the end of the options: as `-wasp`, the way to start login shells, it would be one.
        execArgv: ['--v8-pool-size=1', '--openssl-config=/dev/null', '--'],
      },
      targets: [
        {
          nodeRange: `node${target?.nodeVersion ?? process.versions.node}`,
          platform: os === 'darwin' ? 'macos' : os,
          arch: target?.arch ?? process.arch,
          output: fresh,
        },
      ],
    }),
  );
  chmodSync(fresh, 0o755);
  renameSync(fresh, output);
}

/**
 * Runs `action` with the path of a copy of a script. An executable holds its script's path, and shall be the same
 * wherever it was built: pkg works in a new folder in TMPDIR, and seen from there the copy has the same path everywhere.
 */
async function atTheSamePath(script: string, action: (main: string) => Promise<void>): Promise<void> {
  const folder = path('.cache/sea');
  mkdirSync(folder, { recursive: true });
  copyFileSync(script, join(folder, basename(script)));
  const { TMPDIR } = process.env;
  process.env.TMPDIR = folder;
  try {
    await action(join('..', basename(script)));
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
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
