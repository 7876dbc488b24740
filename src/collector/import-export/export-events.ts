import { stringify } from 'csv-stringify/sync';
import { exportedUuid, exportTag } from '../store/exported-uuid.ts';
import type { Store } from '../store/open-store.ts';
import { guarded } from './formula-guard.ts';
import { readEvents } from './read-events.ts';
import { COLUMNS, type ExportRecord, toRecord, toRow } from './record.ts';

export type Format = 'jsonl' | 'csv';

/** The text of an export, a line at a time. `from` and `to` as in {@link readEvents}. */
export function* exportEvents(
  { database }: Pick<Store, 'database'>,
  format: Format,
  range: { from?: number; to?: number } = {},
): Generator<string> {
  const tag = exportTag(database);
  const line = format === 'csv' ? csvLine : jsonLine;
  if (format === 'csv') yield stringify([COLUMNS]);
  for (const row of readEvents(database, range)) {
    yield line(toRecord(row, row.uuid ?? exportedUuid(tag, row.id)));
  }
}

function jsonLine(record: ExportRecord): string {
  return `${JSON.stringify(record)}\n`;
}

function csvLine(record: ExportRecord): string {
  return stringify([toRow(record).map(guarded)]);
}
