import path from 'node:path';
import type { Host } from '../host/host.ts';
import { sha256Hex } from './sha256.ts';

/** Marks the root of a Wasp project. */
const ROOT_MARKER = '.wasproot';

/** The absolute path of the nearest Wasp project around the working directory, or undefined (docs/spec.md section 1). */
export function findProject(host: Host): string | undefined {
  let directory = host.cwd();
  while (directory !== undefined) {
    if (host.files.facts(path.join(directory, ROOT_MARKER))?.kind === 'file') return directory;
    const parent = path.dirname(directory);
    directory = parent === directory ? undefined : parent;
  }
  return undefined;
}

/** 16 hex digits that stand for a project: the hash that the real Wasp sends for it (docs/spec.md section 2). */
export function projectHash(root: string): string {
  return sha256Hex(root.endsWith('/') ? root : `${root}/`).slice(0, 16);
}
