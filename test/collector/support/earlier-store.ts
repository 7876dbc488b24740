/** A store as collectors before the log made it. */
import { mkdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { databasePath } from '../../../src/collector/data-directory.ts';
import type { Event } from '../../../src/collector/store/event.ts';
import { migrate } from '../../../src/collector/store/migrate.ts';
import { migrations } from '../../../src/collector/store/migrations/index.ts';

/** How many of the migrations such a store has had. */
const EARLIER = 2;

/** The numbers of rows by their content; those that are new are made. */
function numbering(database: DatabaseSync, table: string, columns: readonly string[]) {
  const known = new Map<string, number>();
  const add = database.prepare(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) RETURNING id`,
  );
  return (...values: (string | number)[]): number => {
    const key = values.join('\0');
    const id = known.get(key) ?? (add.get(...values)?.id as number);
    known.set(key, id);
    return id;
  };
}

/** Makes one with these events and without rollups; the connection stays open, for whatever else it is to hold. */
export function makeEarlierStore(dataDir: string, events: readonly Event[]): DatabaseSync {
  mkdirSync(dataDir, { recursive: true });
  const database = new DatabaseSync(databasePath(dataDir), { enableForeignKeyConstraints: false });
  database.exec('PRAGMA journal_mode = WAL');
  migrate(database, migrations.slice(0, EARLIER));
  const person = numbering(database, 'person', ['distinct_id']);
  const project = numbering(database, 'project', ['person', 'hash']);
  const text = numbering(database, 'label', ['text']);
  const label = (value: string) => (value === '' ? 0 : text(value));
  const insert = database.prepare(`
    INSERT INTO event (received_at, kind, person, project, is_build, deploy, version, os, context, client_time, uuid)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`);
  database.exec('BEGIN');
  for (const event of events) {
    const who = person(event.distinctId);
    insert.run(
      ...[event.receivedAt, event.kind, who],
      event.projectHash === null ? null : project(who, event.projectHash),
      ...[
        event.isBuild ? 1 : 0,
        label(event.deploy),
        label(event.version),
        label(event.os),
        label(event.context),
      ],
      ...[event.clientTime, event.uuid],
    );
  }
  database.exec('COMMIT');
  return database;
}
