import path from 'node:path';
import type { Host } from '../host/host.ts';
import { isWhole } from '../host/is-whole.ts';
import { hashedBytes } from './path-bytes.ts';
import { sha256Hex } from './sha256.ts';

/** Marks the root of a Wasp project. */
const ROOT_MARKER = '.wasproot';

/** Its byte in a path. */
const SLASH = 0x2f;

/** The absolute path of the nearest Wasp project around the working directory, or undefined (docs/spec.md section 1). */
export function findProject(host: Host): string | undefined {
  const cwd = host.cwd();
  // A path with bytes that are not UTF-8 leads nowhere once it is a string; from the working directory up is a way.
  const lossy = cwd !== undefined && !isWhole(cwd);
  let directory = cwd;
  for (let up = ''; directory !== undefined; up += '../') {
    const marker = lossy ? `./${up}${ROOT_MARKER}` : path.join(directory, ROOT_MARKER);
    if (host.files.stat(marker)?.kind === 'file') return directory;
    const parent = path.dirname(directory);
    directory = parent === directory ? undefined : parent;
  }
  return undefined;
}

/**
 * 16 hex digits that stand for the project, or the directory, at `root`: the hash that the real Wasp sends for it
 * (docs/spec.md section 2).
 */
export function projectHashOf(host: Host, root: string): string {
  const bytes = isWhole(root) ? undefined : host.cwdBytes();
  return bytes ? hashOf(hashedBytes(firstNames(bytes, root.split('/').length))) : projectHash(root);
}

/** As {@link projectHashOf}, for a path that a string can say. */
export function projectHash(root: string): string {
  return hashOf(Buffer.from(root));
}

function hashOf(root: Uint8Array): string {
  const bytes = root.at(-1) === SLASH ? root : Buffer.concat([root, Buffer.from([SLASH])]);
  return sha256Hex(bytes).slice(0, 16);
}

/** The start of an absolute path, up to that many slashes or its end. */
function firstNames(file: Uint8Array, slashes: number): Uint8Array {
  const ends = [...file.keys()].filter((at) => file[at] === SLASH);
  return file.subarray(0, ends[slashes - 1] ?? file.length);
}
