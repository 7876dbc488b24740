/** A record of an export file, PostHog's or ours → an event, or the reason why it is none that we keep. */

import type { Refusal } from '../ingest/refusal.ts';
import { type Fields, isFields } from '../ingest/unwrap.ts';
import { type KeptOut, validate } from '../ingest/validate.ts';
import { DAY_MS } from '../quarter-hours.ts';
import type { Event } from '../store/event.ts';
import { unguarded } from './formula-guard.ts';

export type ImportRefusal = Refusal | 'bad_timestamp';

/** Long before Wasp, and a day ahead of now: outside it a time is a unit mistake or a broken clock. */
const EARLIEST = Date.UTC(2015, 0, 1);
const AHEAD = DAY_MS;

/** `now`: milliseconds UTC. `onKeptOut` as in {@link validate}. */
export function parseRecord(
  record: unknown,
  now: number,
  onKeptOut?: (what: KeptOut) => void,
): Event | ImportRefusal {
  if (!isFields(record)) return 'bad_event';
  const receivedAt = exportTime(record.timestamp);
  if (!(receivedAt >= EARLIEST && receivedAt < now + AHEAD)) return 'bad_timestamp';
  const properties = propertiesOf(record);
  return validate(
    {
      apiKey: undefined,
      name: record.event,
      distinctId: record.distinct_id ?? (isFields(properties) ? properties.distinct_id : undefined),
      properties,
      timestamp: record.client_time,
      // PostHog's export of single events calls it `id`.
      uuid: record.uuid ?? record.id,
    },
    receivedAt,
    onKeptOut,
  );
}

/** The id as it stands in the record, which an older store than this may hold unhashed; undefined if it is no text. */
export function sentId(record: unknown): string | undefined {
  if (!isFields(record)) return undefined;
  const properties = propertiesOf(record);
  const id = record.distinct_id ?? (isFields(properties) ? properties.distinct_id : undefined);
  return typeof id === 'string' ? id : undefined;
}

function propertiesOf({ properties }: Fields): unknown {
  return typeof properties === 'string' ? parsed(properties) : properties;
}

/**
 * A CSV row, keyed by column, as a record. PostHog names columns `event` or `*.event`, and gives properties either
 * as one JSON column or as a column each.
 */
export function recordOfRow(row: Readonly<Record<string, string>>): Fields {
  const record: Record<string, unknown> = {};
  const properties: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(row)) {
    const name = column.replace(/^\*\./, '');
    if (value === '') continue;
    if (name.startsWith('properties.')) properties[name.slice('properties.'.length)] = cell(value);
    else record[name] = name === 'properties' ? parsed(value) : unguarded(value);
  }
  return { properties, ...record };
}

/** CSV has no booleans; Python writes them with a capital. */
function cell(value: string): string | boolean {
  if (/^true$/i.test(value)) return true;
  if (/^false$/i.test(value)) return false;
  return unguarded(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** ISO 8601, also with a space for the T, and without a zone, which then is UTC (ClickHouse's way). NaN otherwise. */
function exportTime(value: unknown): number {
  if (typeof value !== 'string') return Number.NaN;
  const time = value.trim().replace(' ', 'T');
  return Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(time) ? time : `${time}Z`);
}
