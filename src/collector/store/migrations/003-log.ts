import type { Migration } from '../migrate.ts';

export const log: Migration = {
  name: 'log',
  // What a report's commit writes: `log`, in order, and nothing that grows with the number of users. Who and which
  // project is found out by what makes the rollups (store/rollup/identities.ts).
  // AUTOINCREMENT: a number that `forget` or retention freed must not come back, since every reader continues at the
  // highest number that it has seen; nor may a number of words, which other processes remember.
  // distinct_id and project_hash: bytes or text, see store/stored-id.ts.
  // user_run, project_run: keys of consecutive numbers, see store/rollup/identities.ts.
  // arrival: at that time, milliseconds UTC, the log ended at number `last`.
  sql: `
    CREATE TABLE words (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      kind INTEGER NOT NULL,
      is_build INTEGER NOT NULL,
      deploy TEXT NOT NULL,
      version TEXT NOT NULL,
      os TEXT NOT NULL,
      context TEXT NOT NULL,
      UNIQUE (version, os, context, deploy, kind, is_build)
    ) STRICT;

    CREATE TABLE log (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      received_at INTEGER NOT NULL,
      words INTEGER NOT NULL,
      distinct_id ANY NOT NULL,
      project_hash ANY,
      client_time INTEGER,
      uuid BLOB
    ) STRICT;
    INSERT INTO sqlite_sequence (name, seq)
      SELECT 'log', coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'event'), 0);

    CREATE TABLE arrival (at INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT;

    CREATE TABLE user_run (first INTEGER PRIMARY KEY, keys BLOB NOT NULL) STRICT;
    CREATE TABLE project_run (first INTEGER PRIMARY KEY, keys BLOB NOT NULL) STRICT;
    CREATE TABLE removed_user (user INTEGER PRIMARY KEY) STRICT;

    CREATE TABLE rollup_dimensions (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      is_build INTEGER NOT NULL,
      deploy TEXT NOT NULL,
      version TEXT NOT NULL,
      os TEXT NOT NULL,
      UNIQUE (version, os, deploy, is_build)
    ) STRICT;
    INSERT INTO rollup_dimensions (id, is_build, deploy, version, os)
      SELECT s.id, s.is_build, d.text, v.text, o.text FROM rollup_shape s
      JOIN label d ON d.id = s.deploy JOIN label v ON v.id = s.version JOIN label o ON o.id = s.os;
  `,
};
