import { stringify } from 'csv-stringify/sync';
import type { NumberedEvent } from '../store/event.ts';
import type { Store, TimeRange } from '../store/store.ts';
import { guarded } from './formula-guard.ts';
import { readEvents } from './read-events.ts';
import { COLUMNS, type ExportRecord, toRecord, toRow } from './record.ts';

export type Format = 'jsonl' | 'csv';

/** The text of an export of events that come from elsewhere, a line at a time. */
export async function* exportLines(
  events: AsyncIterable<{ event: NumberedEvent; uuid: Uint8Array }>,
  format: Format,
): AsyncGenerator<string> {
  const line = format === 'csv' ? csvLine : jsonLine;
  if (format === 'csv') yield stringify([COLUMNS]);
  for await (const { event, uuid } of events) yield line(toRecord(event, uuid));
}

/** The text of an export, a line at a time. */
export function* exportEvents(
  store: Pick<Store, 'eventsSince' | 'uuidOf'>,
  format: Format,
  range: TimeRange = {},
): Generator<string> {
  const line = format === 'csv' ? csvLine : jsonLine;
  if (format === 'csv') yield stringify([COLUMNS]);
  for (const event of readEvents(store, range)) yield line(toRecord(event, store.uuidOf(event)));
}

function jsonLine(record: ExportRecord): string {
  return `${JSON.stringify(record)}\n`;
}

function csvLine(record: ExportRecord): string {
  return stringify([toRow(record).map(guarded)]);
}
