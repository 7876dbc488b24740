import { setTimeout as pause } from 'node:timers/promises';
import type { KeptOut } from '../ingest/validate.ts';
import type { Event } from '../store/event.ts';
import type { Store } from '../store/store.ts';
import { type ImportRefusal, parseRecord, sentId } from './parse-record.ts';

/** What became of the records. */
export interface Imported {
  stored: number;
  duplicates: number;
  dropped: Partial<Record<ImportRefusal, number>>;
  /** Personal data of the records that were not dropped, by what it was. */
  keptOut: Partial<Record<KeptOut, number>>;
}

export function nothingImported(): Imported {
  return { stored: 0, duplicates: 0, dropped: {}, keptOut: {} };
}

/** Events per transaction: some ten milliseconds, in which a server on the same data can't acknowledge anything. */
const CHUNK = 2000;
/** Milliseconds between transactions, so that such a server gets its turn. */
const PAUSE = 5;

/**
 * Stores every record that is a valid event under its own time. May be repeated: uuids decide what is new.
 * `now`: milliseconds UTC. Throws SQLite's error, and what `records` throws; what came before is stored, and counted in `result`.
 */
export async function importEvents(
  store: Pick<Store, 'insert' | 'isOwnExport'>,
  records: AsyncIterable<unknown>,
  now: number,
  result: Imported = nothingImported(),
): Promise<Imported> {
  let chunk: Event[] = [];

  async function write(): Promise<void> {
    const events = chunk;
    chunk = [];
    const { stored, duplicates } = store.insert(events);
    result.stored += stored;
    result.duplicates += duplicates;
    await pause(PAUSE);
  }

  try {
    for await (const record of records) {
      const event = parseRecord(record, now, (what) => count(result.keptOut, what));
      if (typeof event === 'string') count(result.dropped, event);
      else if (store.isOwnExport(event) || store.isOwnExport({ ...event, distinctId: sentId(record) ?? '' }))
        result.duplicates += 1;
      else chunk.push(event);
      if (chunk.length >= CHUNK) await write();
    }
  } finally {
    if (chunk.length > 0) await write();
  }
  return result;
}

function count<Name extends string>(counts: Partial<Record<Name, number>>, name: Name): void {
  counts[name] = ((counts[name] as number | undefined) ?? 0) + 1;
}
