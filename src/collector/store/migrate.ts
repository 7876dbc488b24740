import type { DatabaseSync } from 'node:sqlite';

/** One step from a schema to the next; its SQL runs once per database, in a transaction of its own. */
export interface Migration {
  name: string;
  /**
   * For what takes long: called before the SQL, each time in a transaction of its own, until it returns false. Killed
   * at any point, the migration goes on there.
   */
  step?(database: DatabaseSync): boolean;
  sql: string;
}

/** The database was written by a later collector, whose tables this one doesn't know. */
export class NewerSchemaError extends Error {
  constructor(found: number, known: number) {
    super(
      `This data directory was written by a newer wasp-collector (schema ${found}, this one knows ${known}). ` +
        'Run the newer one, or restore a backup from before the upgrade.',
    );
    this.name = 'NewerSchemaError';
  }
}

/**
 * Applies what the database has not had yet. Safe when two processes start at once: the count is read again
 * under the write lock. True if there was anything to do. Throws {@link NewerSchemaError}, or SQLite's error with the migration's name.
 */
export function migrate(database: DatabaseSync, migrations: readonly Migration[]): boolean {
  if (schemaVersion(database) > migrations.length) {
    throw new NewerSchemaError(schemaVersion(database), migrations.length);
  }
  const before = schemaVersion(database);
  while (schemaVersion(database) < migrations.length) {
    database.exec('BEGIN IMMEDIATE');
    try {
      const next = schemaVersion(database);
      const migration = migrations[next];
      if (migration) apply(database, migration, next + 1);
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }
  return before < migrations.length;
}

function apply(database: DatabaseSync, { name, step, sql }: Migration, version: number): void {
  try {
    if (step?.(database)) return;
    database.exec(sql);
  } catch (error) {
    // The same error, so that a full disk is still known as one.
    (error as Error).message = `Migration ${version} (${name}) failed: ${(error as Error).message}`;
    throw error;
  }
  database.exec(`PRAGMA user_version = ${version}`);
}

function schemaVersion(database: DatabaseSync): number {
  return database.prepare('PRAGMA user_version').get()?.user_version as number;
}
