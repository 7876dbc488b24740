/**
 * One event as it stands in an export file: PostHog's names, so that both directions work with PostHog's tools.
 * JSON lines hold one such object per line; CSV has a column per property, named `properties.os` and so on.
 */
import { NAMES } from '../store/event.ts';
import { uuidText } from '../store/uuid.ts';

/** A row of {@link readEvents}. */
export interface StoredEvent {
  id: number;
  received_at: number;
  kind: number;
  distinct_id: string;
  project_hash: string | null;
  is_build: number;
  deploy_cmd_args: string;
  wasp_version: string;
  os: string;
  context: string;
  client_time: number | null;
  uuid: Uint8Array | null;
}

export interface ExportRecord {
  uuid: string;
  event: string;
  distinct_id: string;
  /** ISO 8601, UTC: when the server received it. */
  timestamp: string;
  properties: Record<string, string | boolean>;
  /** ISO 8601, UTC, the client's clock; left out if there is none. Not PostHog's. */
  client_time?: string;
}

export function toRecord(row: StoredEvent, uuid: Uint8Array): ExportRecord {
  const { project_hash, deploy_cmd_args, wasp_version, os, context } = row;
  return {
    uuid: uuidText(uuid),
    event: NAMES[row.kind] as string,
    distinct_id: row.distinct_id,
    timestamp: new Date(row.received_at).toISOString(),
    properties:
      project_hash === null
        ? { os, context }
        : { project_hash, is_build: row.is_build === 1, deploy_cmd_args, wasp_version, os, context },
    ...(row.client_time === null ? {} : { client_time: new Date(row.client_time).toISOString() }),
  };
}

/** Columns of the CSV form, in order. */
export const COLUMNS = [
  ...['uuid', 'event', 'distinct_id', 'timestamp', 'client_time'],
  ...['project_hash', 'is_build', 'deploy_cmd_args', 'wasp_version', 'os', 'context'].map(
    (name) => `properties.${name}`,
  ),
];

/** The values of {@link COLUMNS}; what a record lacks is empty. */
export function toRow(record: ExportRecord): string[] {
  return COLUMNS.map((column) => {
    const value = column.startsWith('properties.')
      ? record.properties[column.slice('properties.'.length)]
      : record[column as Exclude<keyof ExportRecord, 'properties'>];
    return value === undefined ? '' : String(value);
  });
}
