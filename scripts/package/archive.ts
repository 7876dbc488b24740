import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import { create } from 'tar';

/** A file of a release. */
export interface ReleaseFile {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** How much time to spend on making archives small. */
export type Effort = 'best' | 'fast';

/**
 * Packs a folder as `<folder>.tar.gz`, and as `<folder>.tar.xz` where xz is installed. The same content gives the same
 * bytes: times and owners are left out.
 */
export async function archive(folder: string, effort: Effort): Promise<ReleaseFile[]> {
  const tar = `${folder}.tar`;
  await create({ file: tar, cwd: dirname(folder), portable: true, mtime: new Date(0), strict: true }, [
    basename(folder),
  ]);
  try {
    const [isXzMade] = await Promise.all([xz(tar, effort), gzip(tar, effort)]);
    if (!isXzMade) console.log(`${basename(tar)}.xz is not made: xz is not installed`);
    return [`${tar}.gz`, ...(isXzMade ? [`${tar}.xz`] : [])].map(describe);
  } finally {
    rmSync(tar);
  }
}

/** Name, size and checksum of a file. */
export function describe(file: string): ReleaseFile {
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
  return { name: basename(file), size: statSync(file).size, sha256 };
}

async function gzip(tar: string, effort: Effort): Promise<void> {
  const level = effort === 'best' ? constants.Z_BEST_COMPRESSION : constants.Z_BEST_SPEED;
  await pipeline(createReadStream(tar), createGzip({ level }), createWriteStream(`${tar}.gz`));
}

/** False if there is no xz. Throws if it fails. Without xz's filter for x86, worth 3 %: BusyBox's xz can't undo it. */
async function xz(tar: string, effort: Effort): Promise<boolean> {
  const child = spawn('xz', [effort === 'best' ? '-9' : '-0', '--threads=1', '--keep', '--force', tar], {
    stdio: 'inherit',
  });
  try {
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`xz ended with ${code}`);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
