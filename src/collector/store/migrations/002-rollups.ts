import type { Migration } from '../migrate.ts';

export const rollups: Migration = {
  name: 'rollups',
  // A chunk holds the reports of one UTC day, kind and environment as parallel columns of integers
  // (store/rollup/chunk.ts). Few wide rows instead of one row per report: ten million reports are read in a
  // fraction of a second, where stepping through as many rows takes several.
  // AUTOINCREMENT: two processes may start a rebuild at once, and the slower one must not take the new chunks of the
  // faster one for old ones.
  sql: `
    CREATE TABLE rollup_shape (
      id INTEGER PRIMARY KEY,
      is_build INTEGER NOT NULL,
      deploy INTEGER NOT NULL REFERENCES label (id),
      version INTEGER NOT NULL REFERENCES label (id),
      os INTEGER NOT NULL REFERENCES label (id),
      UNIQUE (is_build, deploy, version, os)
    ) STRICT;

    CREATE TABLE rollup_chunk (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      day INTEGER NOT NULL,
      kind INTEGER NOT NULL,
      environment INTEGER NOT NULL,
      rows INTEGER NOT NULL,
      slot BLOB NOT NULL,
      person BLOB NOT NULL,
      project BLOB NOT NULL,
      shape BLOB NOT NULL
    ) STRICT;
    CREATE INDEX rollup_chunk_key ON rollup_chunk (day, kind, environment, rows);
  `,
};
