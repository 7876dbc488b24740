/**
 * Moves what collectors before the log have stored: events, users, projects. Every step is one short transaction that
 * finds out for itself where to go on, so that killing the process at any point costs one step. Numbers stay what
 * they were, and with them the rollups.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Migration } from '../migrate.ts';
import { KEY_BYTES, nextNumber, type RunTable } from '../rollup/runs.ts';
import { hashKey, keySourceOf, storedHash, storedId, userKey } from '../stored-id.ts';

/** Rows per step: some hundred milliseconds. */
const STEP = 50_000;

const HEX = '[0-9a-f]';
const UUID = [8, 4, 4, 4, 12].map((digits) => HEX.repeat(digits)).join('-');
const NIL = '00000000-0000-0000-0000-000000000000';

/** As `storedId` and `storedHash` write them. */
const DISTINCT_ID = `iif(p.distinct_id GLOB '${UUID}' AND p.distinct_id <> '${NIL}',
  unhex(replace(p.distinct_id, '-', '')), p.distinct_id)`;
const PROJECT_HASH = `iif(r.hash GLOB '${HEX.repeat(16)}', unhex(r.hash), r.hash)`;

const WORDS_OF_EVENTS = `
  FROM event e
  JOIN label d ON d.id = e.deploy JOIN label v ON v.id = e.version
  JOIN label o ON o.id = e.os JOIN label c ON c.id = e.context`;

export const moveEvents: Migration = {
  name: 'move events into the log',
  step: (database) => moveRows(database) || moveUsers(database) || moveProjects(database),
  // The pages that are freed have held ids; `compact_due` has the file written anew without them.
  sql: `
    INSERT INTO meta (key, value)
      SELECT 'compact_due', 1 WHERE EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'event')
      ON CONFLICT DO NOTHING;
    DROP TABLE event;
    DROP TABLE project;
    DROP TABLE person;
    DROP TABLE rollup_shape;
    DROP TABLE label;
  `,
};

/** Each of these returns false when there is nothing left for it to do. */
function moveRows(database: DatabaseSync): boolean {
  const range = 'SELECT max(id) AS last FROM (SELECT id FROM event ORDER BY id LIMIT ?)';
  const last = database.prepare(range).get(STEP)?.last as number | null;
  if (last === null) return false;
  database
    .prepare(
      `INSERT INTO words (kind, is_build, deploy, version, os, context)
       SELECT DISTINCT e.kind, e.is_build, d.text, v.text, o.text, c.text ${WORDS_OF_EVENTS}
       WHERE e.id <= ? ON CONFLICT DO NOTHING`,
    )
    .run(last);
  database
    .prepare(
      `INSERT INTO log (id, received_at, words, distinct_id, project_hash, client_time, uuid)
       SELECT e.id, e.received_at, w.id, ${DISTINCT_ID}, ${PROJECT_HASH}, e.client_time, e.uuid ${WORDS_OF_EVENTS}
       JOIN words w ON w.version = v.text AND w.os = o.text AND w.context = c.text AND w.deploy = d.text
         AND w.kind = e.kind AND w.is_build = e.is_build
       JOIN person p ON p.id = e.person
       LEFT JOIN project r ON r.id = e.project
       WHERE e.id <= ? ORDER BY e.id`,
    )
    .run(last);
  database.prepare('DELETE FROM event WHERE id <= ?').run(last);
  return true;
}

function moveUsers(database: DatabaseSync): boolean {
  const missing = database.prepare('INSERT INTO removed_user (user) VALUES (?)');
  return moveKeys(database, 'user_run', 'person', 'SELECT id, distinct_id FROM person', {
    keyOf: ({ distinct_id }) => Buffer.from(userKey(keySourceOf(storedId(distinct_id as string))), 'hex'),
    onMissing: (user) => void missing.run(user),
  });
}

function moveProjects(database: DatabaseSync): boolean {
  return moveKeys(database, 'project_run', 'project', 'SELECT id, person, hash FROM project', {
    keyOf({ person, hash }) {
      const key = Buffer.alloc(KEY_BYTES.project_run);
      key.writeUInt32LE(person as number);
      key.write(hashKey(keySourceOf(storedHash(hash as string))), 4, 'hex');
      return key;
    },
    onMissing() {},
  });
}

interface Mover {
  keyOf(row: Record<string, unknown>): Uint8Array;
  /** A number that was given once and belongs to no user any more. */
  onMissing(number: number): void;
}

/** Writes one run; a key of zeros keeps the place of a number that is missing. */
function moveKeys(
  database: DatabaseSync,
  table: RunTable,
  from: string,
  select: string,
  { keyOf, onMissing }: Mover,
): boolean {
  const first = nextNumber(database, table);
  const given = database.prepare('SELECT seq FROM sqlite_sequence WHERE name = ?').get(from)?.seq;
  const count = Math.min(STEP, ((given as number | undefined) ?? 0) - first + 1);
  if (count <= 0) return false;
  const keys = Buffer.alloc(count * KEY_BYTES[table]);
  const rows = database
    .prepare(`${select} WHERE id BETWEEN ? AND ? ORDER BY id`)
    .all(first, first + count - 1);
  let next = first;
  for (const row of rows) {
    const id = row.id as number;
    for (; next < id; next += 1) onMissing(next);
    keys.set(keyOf(row), (id - first) * KEY_BYTES[table]);
    next = id + 1;
  }
  for (; next < first + count; next += 1) onMissing(next);
  database.prepare(`INSERT INTO ${table} (first, keys) VALUES (?, ?)`).run(first, keys);
  return true;
}
