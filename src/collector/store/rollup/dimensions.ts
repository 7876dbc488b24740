import type { DatabaseSync } from 'node:sqlite';
import type { Dimensions } from '../activity.ts';

/**
 * Returns the function that gives the number of a combination of `is_build`, `deploy`, `version` and `os`; a missing one
 * is made, in the caller's transaction.
 */
export function dimensionNumbers(database: DatabaseSync): (row: Record<string, unknown>) => number {
  const find = database.prepare(
    'SELECT id FROM rollup_dimensions WHERE is_build = ? AND deploy = ? AND version = ? AND os = ?',
  );
  const make = database.prepare(
    'INSERT INTO rollup_dimensions (is_build, deploy, version, os) VALUES (?, ?, ?, ?) RETURNING id',
  );
  return (row) => {
    const values = [
      row.is_build as number,
      row.deploy as string,
      row.version as string,
      row.os as string,
    ] as const;
    return (find.get(...values) ?? make.get(...values))?.id as number;
  };
}

/** All of them, by number. */
export function readDimensions(database: DatabaseSync): Dimensions[] {
  const dimensions: Dimensions[] = [];
  const rows = database.prepare('SELECT id, is_build, deploy, version, os FROM rollup_dimensions').all();
  for (const { id, is_build, deploy, version, os } of rows) {
    dimensions[id as number] = {
      isBuild: is_build === 1,
      deploy: deploy as string,
      version: version as string,
      os: os as string,
    };
  }
  return dimensions;
}
