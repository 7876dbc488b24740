/**
 * Read-only links to the page, each with a secret of its own, until it is revoked. `page-shares.json` in the data
 * directory keeps only a digest of the secret: who reads the file, or a backup of it, can't open the page with it.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { replaceDataFile } from '../data-files.ts';
import { OperatorError } from '../errors.ts';
import { readDataFile } from '../regular-file.ts';

export interface ShareLink {
  id: string;
  /** Who it is for, in the maintainers' words. */
  name: string;
  /** ISO 8601, UTC. */
  created: string;
  /** SHA-256 of the secret, base64url. */
  digest: string;
}

export interface ShareLinks {
  /** Oldest first. */
  list(): ShareLink[];
  /** Whether this secret opens the page; looked up each time, so that revoking takes effect at once. */
  isOpen(secret: string): boolean;
  /** Returns the secret, which is shown once and kept nowhere; undefined if there are too many already. */
  add(name: string): string | undefined;
  revoke(id: string): void;
}

const FILE = 'page-shares.json';
const MOST_LINKS = 50;
const LONGEST_NAME = 60;

export function shareLinks(dataDir: string, now: () => number): ShareLinks {
  const list = () => read(join(dataDir, FILE));
  const write = (links: readonly ShareLink[]) =>
    replaceDataFile(dataDir, FILE, `${JSON.stringify(links, undefined, 2)}\n`);
  return {
    list,
    isOpen: (secret) => list().some(({ digest }) => digest === digestOf(secret)),
    add(name) {
      const links = list();
      if (links.length >= MOST_LINKS) return undefined;
      const secret = randomBytes(24).toString('base64url');
      const words = [...name.replace(/[\p{C}\s]+/gu, ' ').trim()].slice(0, LONGEST_NAME).join('');
      const created = new Date(now()).toISOString();
      write([...links, { id: randomUUID(), name: words || 'unnamed', created, digest: digestOf(secret) }]);
      return secret;
    },
    revoke: (id) => write(list().filter((link) => link.id !== id)),
  };
}

/** What can't be understood opens nothing. */
function read(file: string): ShareLink[] {
  try {
    const links: unknown = JSON.parse(readDataFile(file)?.toString() ?? '[]');
    return Array.isArray(links) ? links.filter((link) => typeof link?.digest === 'string') : [];
  } catch (error) {
    if (error instanceof OperatorError || error instanceof SyntaxError) return [];
    throw error;
  }
}

function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
