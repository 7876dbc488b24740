/** The signed file that the server hands out: put there by `message publish`, and noticed without a restart. */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../errors.ts';
import { openSigned } from './sign.ts';

export interface Published {
  /** The signed file. */
  readonly text: string;
  readonly etag: string;
  /** What a report is answered. */
  readonly answer: string;
}

/** How often the file is looked at, at most, in milliseconds. */
const LOOK = 1000;

export function publishedPath(dataDir: string): string {
  return join(dataDir, 'messages', 'signed.json');
}

/**
 * What is published at the time of the call; undefined if nothing is, or it has expired: no front end would take it.
 * @param clock milliseconds UTC
 */
export function publishedMessages(
  dataDir: string,
  log: (line: string) => void,
  clock: () => number = Date.now,
): () => Published | undefined {
  const file = publishedPath(dataDir);
  let looked = Number.NEGATIVE_INFINITY;
  let seen = '';
  let published: (Published & { readonly expires: number }) | undefined;

  function look(): void {
    const facts = statSync(file, { throwIfNoEntry: false });
    const identity = facts ? `${facts.ino} ${facts.mtimeMs} ${facts.size}` : '';
    if (identity === seen) return;
    seen = identity;
    published = undefined;
    if (!facts) {
      log('no messages are published any more');
      return;
    }
    const text = readFileSync(file, 'utf8').trim();
    const { signed, document } = openSigned(text);
    published = {
      text,
      etag: `"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"`,
      answer: JSON.stringify({ status: 1, ...signed }),
      expires: Date.parse(document.expiresAt),
    };
    const count = document.messages.length;
    log(`publishing messages: document ${document.serial}, ${count} of them, until ${document.expiresAt}`);
  }

  return () => {
    if (performance.now() - looked >= LOOK) {
      looked = performance.now();
      try {
        look();
      } catch (error) {
        log(`no messages are published: ${file}: ${messageOf(error)}`);
      }
    }
    return published && clock() < published.expires ? published : undefined;
  };
}
