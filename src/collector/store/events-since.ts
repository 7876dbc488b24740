import type { DatabaseSync } from 'node:sqlite';
import type { Kind } from '../kinds.ts';
import type { NumberedEvent } from './event.ts';
import type { Store } from './store.ts';
import { hashText, idText } from './stored-id.ts';

/** Prepares the query once; see {@link Store.eventsSince}. */
export function eventReader(database: DatabaseSync): Store['eventsSince'] {
  const page = database.prepare(`
    SELECT l.id, l.received_at, l.distinct_id, l.project_hash, l.client_time, l.uuid,
           w.kind, w.is_build, w.deploy, w.version, w.os, w.context
    FROM log l JOIN words w ON w.id = l.words
    WHERE l.id > ? AND l.received_at >= ? AND l.received_at < ?
    ORDER BY l.id LIMIT ?`);
  return (number, limit, { from = Number.MIN_SAFE_INTEGER, to = Number.MAX_SAFE_INTEGER } = {}) =>
    page.all(number, from, to, limit).map(toEvent);
}

function toEvent(row: Record<string, unknown>): NumberedEvent {
  const projectHash = row.project_hash as Uint8Array | string | null;
  return {
    number: row.id as number,
    receivedAt: row.received_at as number,
    kind: row.kind as Kind,
    distinctId: idText(row.distinct_id as Uint8Array | string),
    projectHash: projectHash === null ? null : hashText(projectHash),
    isBuild: row.is_build === 1,
    deploy: row.deploy as string,
    version: row.version as string,
    os: row.os as string,
    context: row.context as string,
    clientTime: row.client_time as number | null,
    uuid: row.uuid as Uint8Array | null,
  };
}
