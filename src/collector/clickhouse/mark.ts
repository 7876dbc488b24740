/** How far a receiver has shipped, kept in its data directory for each ClickHouse. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { NumberedEvent } from '../store/event.ts';
import type { Store } from '../store/store.ts';
import type { ClickHouseAddress } from './address.ts';

export interface Mark {
  /** Everything up to this number is in ClickHouse. 0: nothing. */
  number: number;
  /** Of the event with this number: a restored backup may have given the number to another one. */
  event: string;
  /** The run of this receiver that shipped last, see `lease.ts`. */
  run: string;
}

const NOTHING: Mark = { number: 0, event: '', run: '' };

/** The file of the mark. Its name is that of the database, wherever its servers move. */
export function markFile(dataDir: string, { database, cluster }: ClickHouseAddress): string {
  return join(dataDir, 'shipping', `${cluster ?? 'single'}.${database}.json`);
}

/** The mark as it was written; one that says nothing if there is none. @throws Node's errors, SyntaxError */
export function readMark(file: string): Mark {
  try {
    return { ...NOTHING, ...(JSON.parse(readFileSync(file, 'utf8')) as Partial<Mark>) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NOTHING;
    throw error;
  }
}

/** The file is replaced at once: after a crash it holds the old mark or the new one. */
export function writeMark(file: string, mark: Mark): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.${process.pid}.new`;
  writeFileSync(fresh, JSON.stringify(mark), { mode: 0o600, flush: true });
  renameSync(fresh, file);
}

/** Where to go on: at the mark, or at the beginning if the log isn't the one that it was written for. */
export function startAt(mark: Mark, store: Pick<Store, 'eventsSince'>): number {
  const [event] = mark.number > 0 ? store.eventsSince(mark.number - 1, 1) : [];
  return event !== undefined && event.number === mark.number && fingerprint(event) === mark.event
    ? mark.number
    : 0;
}

/** Tells events of the same number apart. */
export function fingerprint({ number, receivedAt, distinctId }: NumberedEvent): string {
  return createHash('sha256').update(`${number} ${receivedAt} ${distinctId}`).digest('hex').slice(0, 16);
}
