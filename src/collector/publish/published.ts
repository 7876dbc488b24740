/** The signed file that the server hands out: put there by `message publish`, and noticed without a restart. */
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { replaceDataFile } from '../data-files.ts';
import { messageOf } from '../errors.ts';
import { LARGEST_DATA_FILE, readRegularFile } from '../regular-file.ts';
import { openSigned, type SignedDocument, signedFile } from './document.ts';
import { PUBLISHED, publishedPath } from './published-path.ts';
import { validityWarning } from './validity.ts';

export interface Published {
  /** The signed file. */
  readonly text: string;
  readonly etag: string;
  /** What a report is answered. */
  readonly answer: string;
  /** When its validity ends, in milliseconds UTC. */
  readonly expires: number;
}

/** Has the server hand out this one from now on. Throws `OperatorError`, before anything is replaced. */
export function replacePublished(dataDir: string, { bytes, signatures }: SignedDocument): void {
  replaceDataFile(dataDir, PUBLISHED, `${JSON.stringify(signedFile(bytes, signatures))}\n`);
}

/** How often the file is looked at, at most, in milliseconds. */
const LOOK = 1000;

/** The published messages, as they are at the time of each call. */
export interface PublishedMessages {
  /** Undefined if nothing is published, or it has expired: no front end would take it. */
  (): Published | undefined;
  /** When the validity of what is published ends or has ended, in milliseconds UTC; undefined if nothing is. */
  validUntil(): number | undefined;
}

/**
 * Looks at the published file, at most once a second.
 * @param clock milliseconds UTC
 */
export function publishedMessages(
  dataDir: string,
  log: (line: string) => void,
  clock: () => number = Date.now,
): PublishedMessages {
  const file = publishedPath(dataDir);
  let looked = Number.NEGATIVE_INFINITY;
  let seen = '';
  let published: Published | undefined;

  function look(): void {
    const stat = statSync(file, { throwIfNoEntry: false });
    const identity = stat ? `${stat.ino} ${stat.mtimeMs} ${stat.ctimeMs} ${stat.size}` : '';
    if (identity === seen) return;
    seen = identity;
    published = undefined;
    if (!stat) {
      log('no messages are published any more');
      return;
    }
    const text = readRegularFile(file, LARGEST_DATA_FILE).toString().trim();
    const { signed, document } = openSigned(text);
    published = {
      text,
      etag: `"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"`,
      answer: JSON.stringify({ status: 1, ...signed }),
      expires: Date.parse(document.expiresAt),
    };
    const count = document.messages.length;
    log(`publishing messages: document ${document.serial}, ${count} of them, until ${document.expiresAt}`);
    const warning = validityWarning(document, clock());
    if (warning) log(warning);
  }

  function newest(): Published | undefined {
    if (performance.now() - looked >= LOOK) {
      looked = performance.now();
      try {
        look();
      } catch (error) {
        log(`no messages are published: ${file}: ${messageOf(error)}`);
      }
    }
    return published;
  }

  function current(): Published | undefined {
    const found = newest();
    return found && clock() < found.expires ? found : undefined;
  }
  return Object.assign(current, { validUntil: () => newest()?.expires });
}
