import type { DatabaseSync } from 'node:sqlite';
import type { Activity, Dimensions } from '../activity.ts';
import type { Kind } from '../event.ts';
import { readMeta } from '../meta.ts';
import type { Progress } from '../store.ts';
import { catchUp } from './catch-up.ts';
import { byPerson, type Chunk } from './chunk.ts';
import { columnsOf } from './columns.ts';
import { needsRebuild } from './rebuild.ts';

/**
 * Brings the rollups up to date and copies them into memory: about 13 bytes for each report ever received.
 * The database is read in one short transaction, and is not needed any more afterwards except to look up ids.
 */
export function loadActivity(database: DatabaseSync, onProgress?: Progress): Activity {
  for (;;) {
    const newest = catchUp(database, onProgress);
    database.exec('BEGIN');
    try {
      // Unless another process has begun to rebuild meanwhile.
      const isComplete = !needsRebuild(database) && readMeta(database, 'rollup_watermark') >= newest;
      if (isComplete) return read(database);
    } finally {
      database.exec('COMMIT');
    }
  }
}

function read(database: DatabaseSync): Activity {
  const person = database.prepare('SELECT id FROM person WHERE distinct_id = ?');
  return {
    chunks: readChunks(database),
    dimensions: readShapes(database),
    highestUser: highestId(database, 'person'),
    highestProject: highestId(database, 'project'),
    usersOf: (distinctIds) =>
      distinctIds.map((id) => person.get(id)?.id as number | undefined).filter((id) => id !== undefined),
  };
}

function readChunks(database: DatabaseSync): Chunk[] {
  const statement = database.prepare(
    'SELECT day, kind, environment, rows, slot, person, project, shape FROM rollup_chunk',
  );
  return statement.all().map((row) => ({
    day: row.day as number,
    kind: row.kind as Kind,
    environment: row.environment as number,
    rows: row.rows as number,
    ...byPerson(columnsOf(row)),
  }));
}

function readShapes(database: DatabaseSync): Dimensions[] {
  const dimensions: Dimensions[] = [];
  const rows = database.prepare(`
    SELECT s.id, s.is_build, d.text AS deploy, v.text AS version, o.text AS os FROM rollup_shape s
    JOIN label d ON d.id = s.deploy JOIN label v ON v.id = s.version JOIN label o ON o.id = s.os`);
  for (const { id, is_build, deploy, version, os } of rows.all() as unknown as ShapeRow[]) {
    dimensions[id] = { isBuild: is_build === 1, deploy, version, os };
  }
  return dimensions;
}

interface ShapeRow {
  id: number;
  is_build: number;
  deploy: string;
  version: string;
  os: string;
}

function highestId(database: DatabaseSync, table: 'person' | 'project'): number {
  return (database.prepare(`SELECT max(id) AS id FROM ${table}`).get()?.id as number | null) ?? 0;
}
