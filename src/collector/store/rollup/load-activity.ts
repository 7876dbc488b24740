import type { DatabaseSync } from 'node:sqlite';
import type { Kind } from '../../kinds.ts';
import type { Activity } from '../activity.ts';
import { readMeta } from '../meta.ts';
import type { Progress } from '../store.ts';
import { catchUp } from './catch-up.ts';
import { byUser, type Chunk } from './chunk.ts';
import { columnsOf } from './columns.ts';
import { readDimensions } from './dimensions.ts';
import { userNumbers } from './identities.ts';
import { needsRebuild } from './rebuild.ts';
import { removalsAreDue } from './remove-users.ts';
import { nextNumber } from './runs.ts';

/**
 * Brings the rollups up to date and copies them into memory: about 13 bytes for each report ever received.
 * The database is read in one short transaction, and is not needed any more afterwards except to look up ids.
 */
export function loadActivity(database: DatabaseSync, onProgress?: Progress): Activity {
  for (;;) {
    const newest = catchUp(database, onProgress);
    database.exec('BEGIN');
    try {
      // Unless another process has begun to rebuild meanwhile, or to remove a user.
      const isComplete =
        !needsRebuild(database) &&
        !removalsAreDue(database) &&
        readMeta(database, 'rollup_watermark') >= newest;
      if (isComplete) return read(database);
    } finally {
      database.exec('COMMIT');
    }
  }
}

function read(database: DatabaseSync): Activity {
  return {
    chunks: readChunks(database),
    dimensions: readDimensions(database),
    highestUser: nextNumber(database, 'user_run') - 1,
    highestProject: nextNumber(database, 'project_run') - 1,
    usersOf: (distinctIds) => userNumbers(database, distinctIds).filter((number) => number > 0),
  };
}

function readChunks(database: DatabaseSync): Chunk[] {
  // Every page is read once: kept, they would be the rollups a second time.
  database.exec('PRAGMA cache_size = -1000');
  const statement = database.prepare(
    'SELECT day, kind, environment, rows, slot, user, project, dimensions FROM rollup_chunk',
  );
  return statement.all().map((row) => ({
    day: row.day as number,
    kind: row.kind as Kind,
    environment: row.environment as number,
    rows: row.rows as number,
    ...byUser(columnsOf(row)),
  }));
}
