import type { DatabaseSync } from 'node:sqlite';
import type { Kind, NumberedEvent } from './event.ts';
import type { Store } from './store.ts';

/** Prepares the query once; see {@link Store.eventsSince}. */
export function eventReader(database: DatabaseSync): Store['eventsSince'] {
  const page = database.prepare(`
    SELECT e.id, e.received_at, e.kind, p.distinct_id, r.hash, e.is_build, d.text AS deploy, v.text AS version,
           o.text AS os, c.text AS context, e.client_time, e.uuid
    FROM event e
    JOIN person p ON p.id = e.person
    LEFT JOIN project r ON r.id = e.project
    JOIN label d ON d.id = e.deploy JOIN label v ON v.id = e.version
    JOIN label o ON o.id = e.os JOIN label c ON c.id = e.context
    WHERE e.id > ? AND e.received_at >= ? AND e.received_at < ?
    ORDER BY e.id LIMIT ?`);
  return (number, limit, { from = Number.MIN_SAFE_INTEGER, to = Number.MAX_SAFE_INTEGER } = {}) =>
    page.all(number, from, to, limit).map(toEvent);
}

function toEvent(row: Record<string, unknown>): NumberedEvent {
  return {
    number: row.id as number,
    receivedAt: row.received_at as number,
    kind: row.kind as Kind,
    distinctId: row.distinct_id as string,
    projectHash: row.hash as string | null,
    isBuild: row.is_build === 1,
    deploy: row.deploy as string,
    version: row.version as string,
    os: row.os as string,
    context: row.context as string,
    clientTime: row.client_time as number | null,
    uuid: row.uuid as Uint8Array | null,
  };
}
