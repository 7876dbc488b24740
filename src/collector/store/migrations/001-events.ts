import type { Migration } from '../migrate.ts';

export const events: Migration = {
  name: 'events',
  // AUTOINCREMENT: an id that `forget` or retention freed must not come back, since rollups continue at the
  // highest event id that they have seen and hold person and project ids.
  // Label 0 is the empty string, so that no label column is ever null and zero costs no byte in a row.
  // No index on received_at or person: both belong to rare, chunked jobs, and would cost every insert. For the
  // same reason event.person is no foreign key: deleting a person would search all events under the write lock.
  // Tables that hold a person should have an index on it and REFERENCES person (id) ON DELETE CASCADE, which
  // `forget` relies on.
  sql: `
    CREATE TABLE meta (
      key TEXT PRIMARY KEY,
      value ANY NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE person (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      distinct_id TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE project (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
      hash TEXT NOT NULL,
      UNIQUE (person, hash)
    ) STRICT;

    CREATE TABLE label (
      id INTEGER PRIMARY KEY,
      text TEXT NOT NULL UNIQUE
    ) STRICT;
    INSERT INTO label (id, text) VALUES (0, '');

    -- deploy, version, os and context are label ids.
    CREATE TABLE event (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      received_at INTEGER NOT NULL,
      kind INTEGER NOT NULL,
      person INTEGER NOT NULL,
      project INTEGER,
      is_build INTEGER NOT NULL,
      deploy INTEGER NOT NULL,
      version INTEGER NOT NULL,
      os INTEGER NOT NULL,
      context INTEGER NOT NULL,
      client_time INTEGER,
      uuid BLOB
    ) STRICT;
    CREATE UNIQUE INDEX event_uuid ON event (uuid) WHERE uuid IS NOT NULL;

    INSERT INTO meta (key, value) VALUES ('rollup_generation', 0), ('raw_from', 0), ('export_tag', randomblob(9));
  `,
};
