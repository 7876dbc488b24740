import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { path } from '../paths.ts';
import { type NodePackage, nameOf, type Platform } from './platforms.ts';

/**
 * Runs `action` with the Nodes that pkg needs for a foreign platform in pkg's cache, where it looks before it would
 * download them. The cache is in the home directory, so for that time home is a folder of ours.
 */
export async function withNodesFor<T>(platform: Platform, action: () => Promise<T>): Promise<T> {
  const home = path('.cache/pkg-home');
  putIntoCache(home, `node-v${platform.nodeVersion}-${nameOf(platform)}`, stripped(platform));
  if (platform.preparer) {
    const { preparer } = platform;
    putIntoCache(home, `node-v${preparer.version}-linux-x64`, nodeOf(preparer));
  }
  const { HOME } = process.env;
  process.env.HOME = home;
  try {
    return await action();
  } finally {
    process.env.HOME = HOME;
  }
}

/** A folder with `bin/node` and `LICENSE` of an npm package that holds a Node, fetched if need be. Throws if what came isn't what is pinned. */
export function nodeFolder({ name, version, integrity }: NodePackage): string {
  const folder = path(`.cache/${name}-${version}`);
  if (existsSync(folder)) return folder;
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  try {
    const packed = execFileSync('npm', ['pack', '--silent', `${name}@${version}`], {
      cwd: fresh,
      encoding: 'utf8',
    });
    const tarball = join(fresh, packed.trim().split('\n').at(-1) ?? '');
    const sum = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
    if (sum !== integrity) throw new Error(`${name}@${version} has the checksum ${sum}, not ${integrity}`);
    const wanted = ['package/bin/node', 'package/LICENSE'];
    execFileSync('tar', ['xzf', tarball, '-C', fresh, '--strip-components=1', ...wanted]);
    rmSync(tarball);
    renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return folder;
}

function nodeOf(node: NodePackage): string {
  return join(nodeFolder(node), 'bin/node');
}

/**
 * That platform's Node without its symbols, where a tool for that processor is at hand. Not for macOS: the tools that
 * run here rearrange what its loader reads at start (instead: local-symbols.ts).
 */
function stripped(platform: Platform): string {
  const whole = nodeOf(platform.node);
  if (platform.os === 'darwin') return whole;
  const output = `${whole}-stripped`;
  if (existsSync(output)) return output;
  for (const tool of ['aarch64-linux-gnu-strip', 'llvm-strip']) {
    try {
      copyFileSync(whole, `${output}.new`);
      execFileSync(tool, [`${output}.new`], { stdio: 'ignore' });
      renameSync(`${output}.new`, output);
      return output;
    } catch {
      rmSync(`${output}.new`, { force: true });
    }
  }
  console.log(
    `${nameOf(platform)}: not stripped, about 20 MB larger than need be: neither aarch64-linux-gnu-strip nor llvm-strip is installed`,
  );
  return whole;
}

/** Lays a Node out as pkg leaves what it has downloaded, checked and unpacked: an empty `.ok` beside each file says so. */
function putIntoCache(home: string, name: string, node: string): void {
  const archive = join(home, '.pkg-cache/sea', `${name}.tar.gz`);
  const executable = join(home, '.pkg-cache/sea', name, 'bin/node');
  mkdirSync(dirname(executable), { recursive: true });
  copyFileSync(node, executable);
  for (const marker of [archive, `${archive}.ok`, `${executable}.ok`]) writeFileSync(marker, '');
}
