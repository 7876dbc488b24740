import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { constants, gzipSync } from 'node:zlib';
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
    const level = effort === 'best' ? constants.Z_BEST_COMPRESSION : constants.Z_BEST_SPEED;
    writeFileSync(`${tar}.gz`, gzipSync(readFileSync(tar), { level }));
    const archives = [`${tar}.gz`];
    if (xz(tar, effort)) archives.push(`${tar}.xz`);
    else console.log(`${basename(tar)}.xz is not made: xz is not installed`);
    return archives.map(describe);
  } finally {
    rmSync(tar);
  }
}

/** Name, size and checksum of a file. */
export function describe(file: string): ReleaseFile {
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
  return { name: basename(file), size: statSync(file).size, sha256 };
}

/** False if there is no xz. Throws if it fails. */
function xz(tar: string, effort: Effort): boolean {
  const output = openSync(`${tar}.xz`, 'w');
  try {
    const { error, status } = spawnSync(
      'xz',
      [effort === 'best' ? '-9e' : '-0', '--threads=1', '--stdout', tar],
      {
        stdio: ['ignore', output, 'inherit'],
      },
    );
    if (error && 'code' in error && error.code === 'ENOENT') {
      rmSync(`${tar}.xz`);
      return false;
    }
    if (error) throw error;
    if (status !== 0) throw new Error(`xz ended with ${status}`);
    return true;
  } finally {
    closeSync(output);
  }
}
