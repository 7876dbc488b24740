/** How far a receiver has shipped, kept in its data directory for each ClickHouse. */
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readDataFile } from '../regular-file.ts';
import type { NumberedEvent } from '../store/event.ts';
import type { Store } from '../store/store.ts';
import type { ClickHouseAddress } from './address.ts';

/** An event and where it stands in the log. */
export type Place = Pick<Mark, 'number' | 'event'>;

export interface Mark {
  /** Everything up to this number is in ClickHouse. 0: nothing. */
  number: number;
  /** Of the event with this number: a restored backup may have given the number to another one. */
  event: string;
  /** The marks before this one, newest first: the event of a mark may be removed, as when its user is forgotten. */
  earlier: readonly Place[];
  /** The run of this receiver that shipped last, see `lease.ts`. */
  run: string;
}

const NOTHING: Mark = { number: 0, event: '', earlier: [], run: '' };

/**
 * The file of the mark. Two ClickHouses may have databases of the same name, so its name holds the servers too, in any
 * order: after they have moved everything is shipped once more, and counts once.
 */
export function markFile(
  dataDir: string,
  { servers, database, cluster }: Pick<ClickHouseAddress, 'servers' | 'database' | 'cluster'>,
): string {
  const where = createHash('sha256')
    .update([...servers].sort().join())
    .digest('hex')
    .slice(0, 16);
  return join(dataDir, 'shipping', `${cluster ?? 'single'}.${database}.${where}.json`);
}

/** The mark as it was written; one that says nothing if there is none. @throws OperatorError, SyntaxError */
export function readMark(file: string): Mark {
  const content = readDataFile(file);
  if (content === undefined) return NOTHING;
  return { ...NOTHING, ...(JSON.parse(content.toString()) as Partial<Mark>) };
}

/** The file is replaced at once: after a crash it holds the old mark or the new one. */
export function writeMark(file: string, mark: Mark): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.${process.pid}.new`;
  writeFileSync(fresh, JSON.stringify(mark), { mode: 0o600, flush: true });
  renameSync(fresh, file);
}

/** How many earlier marks are remembered. */
const EARLIER = 20;

/** The mark after another batch. */
export function movedMark({ number, event, earlier }: Mark, last: NumberedEvent, run: string): Mark {
  const before = number === 0 ? [] : [{ number, event }, ...earlier].slice(0, EARLIER);
  return { number: last.number, event: fingerprint(last), earlier: before, run };
}

/**
 * Where to go on: at the mark, or an earlier one if its event is gone, or at the beginning if the log isn't the one that
 * they were written for.
 */
export function startAt(mark: Mark, store: Pick<Store, 'eventsSince'>): number {
  const place = [mark, ...mark.earlier].find(({ number, event }) => {
    const [there] = number > 0 ? store.eventsSince(number - 1, 1) : [];
    return there !== undefined && there.number === number && fingerprint(there) === event;
  });
  return place?.number ?? 0;
}

/** Tells events of the same number apart. */
function fingerprint({ number, receivedAt, distinctId }: NumberedEvent): string {
  return createHash('sha256').update(`${number} ${receivedAt} ${distinctId}`).digest('hex').slice(0, 16);
}
