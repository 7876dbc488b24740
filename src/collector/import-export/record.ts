/**
 * One event as it stands in an export file: PostHog's names, so that both directions work with PostHog's tools.
 * JSON lines hold one such object per line; CSV has a column per property, named `properties.os` and so on.
 */
import { type Event, NAMES } from '../store/event.ts';
import { uuidText } from '../store/uuid.ts';

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

export function toRecord(event: Event, uuid: Uint8Array): ExportRecord {
  const { projectHash, isBuild, deploy, version, os, context, clientTime } = event;
  return {
    uuid: uuidText(uuid),
    event: NAMES[event.kind] as string,
    distinct_id: event.distinctId,
    timestamp: new Date(event.receivedAt).toISOString(),
    properties:
      projectHash === null
        ? { os, context }
        : {
            project_hash: projectHash,
            is_build: isBuild,
            deploy_cmd_args: deploy,
            wasp_version: version,
            os,
            context,
          },
    ...(clientTime === null ? {} : { client_time: new Date(clientTime).toISOString() }),
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
