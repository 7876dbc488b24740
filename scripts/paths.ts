import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** The absolute path of a file of this repository. */
export function path(relative: string): string {
  return join(root, relative);
}
