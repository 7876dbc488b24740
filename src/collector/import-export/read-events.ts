import type { DatabaseSync } from 'node:sqlite';
import type { StoredEvent } from './record.ts';

/** Rows per query: a read transaction that lasted for the whole export would keep the write-ahead log growing. */
const PAGE = 5000;

/** All events received in `[from, to)`, milliseconds UTC, in the order of their ids. */
export function* readEvents(
  database: DatabaseSync,
  { from = Number.MIN_SAFE_INTEGER, to = Number.MAX_SAFE_INTEGER } = {},
): Generator<StoredEvent> {
  const page = database.prepare(`
    SELECT e.id, e.received_at, e.kind, p.distinct_id, r.hash AS project_hash, e.is_build,
           d.text AS deploy_cmd_args, v.text AS wasp_version, o.text AS os, c.text AS context, e.client_time, e.uuid
    FROM event e
    JOIN person p ON p.id = e.person
    LEFT JOIN project r ON r.id = e.project
    JOIN label d ON d.id = e.deploy JOIN label v ON v.id = e.version
    JOIN label o ON o.id = e.os JOIN label c ON c.id = e.context
    WHERE e.id > ? AND e.received_at >= ? AND e.received_at < ?
    ORDER BY e.id LIMIT ${PAGE}`);
  let rows: StoredEvent[];
  let last = 0;
  do {
    rows = page.all(last, from, to) as unknown as StoredEvent[];
    yield* rows;
    last = rows.at(-1)?.id ?? last;
  } while (rows.length === PAGE);
}
