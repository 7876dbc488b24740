import type { Migration } from '../migrate.ts';

export const dropped: Migration = {
  name: 'dropped',
  // What retention drops from now on, see dropped-events.ts.
  sql: 'CREATE TABLE dropped (id INTEGER PRIMARY KEY, digests BLOB NOT NULL) STRICT',
};
