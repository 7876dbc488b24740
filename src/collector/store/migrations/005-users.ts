import type { Migration } from '../migrate.ts';

export const users: Migration = {
  name: 'users',
  // The words that the rest of the collector has for them.
  sql: `
    ALTER TABLE rollup_chunk RENAME COLUMN person TO user;
    ALTER TABLE rollup_chunk RENAME COLUMN shape TO dimensions;
  `,
};
