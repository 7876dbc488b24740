import type { DatabaseSync } from 'node:sqlite';
import QuickLRU from 'quick-lru';
import type { Event } from './event.ts';
import type { Inserted } from './store.ts';

/** Entries per cache; about 20 MB when all are full, however many ids a flood invents. */
const CACHE_SIZE = 50_000;

/**
 * Prepares everything once and returns the function that stores a batch in one transaction.
 * Ids of recent persons, projects and labels are remembered, since most events repeat them.
 */
export function inserter(database: DatabaseSync): (events: readonly Event[]) => Inserted {
  const person = rememberedId<string>(database, 'person', ['distinct_id'], (id) => [id]);
  const project = rememberedId<string>(database, 'project', ['person', 'hash'], (key) => {
    const space = key.indexOf(' ');
    return [Number(key.slice(0, space)), key.slice(space + 1)];
  });
  const label = rememberedId<string>(database, 'label', ['text'], (text) => [text]);
  const caches = [person, project, label];

  const known = database.prepare('SELECT 1 FROM event WHERE uuid = ?');
  const insert = database.prepare(`
    INSERT INTO event (received_at, kind, person, project, is_build, deploy, version, os, context, client_time, uuid)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const dataVersion = database.prepare('PRAGMA data_version');
  let seenVersion: unknown;

  /** Another process may have removed what the caches hold (`forget`, for one). */
  function forgetStaleIds(): void {
    const version = dataVersion.get()?.data_version;
    if (version !== seenVersion) for (const cache of caches) cache.clear();
    seenVersion = version;
  }

  /** False if the event is already there. */
  function store(event: Event): boolean {
    if (event.uuid && known.get(event.uuid)) return false;
    const personId = person.id(event.distinctId);
    insert.run(
      event.receivedAt,
      event.kind,
      personId,
      event.projectHash === null ? null : project.id(`${personId} ${event.projectHash}`),
      event.isBuild ? 1 : 0,
      label.id(event.deploy),
      label.id(event.version),
      label.id(event.os),
      label.id(event.context),
      event.clientTime,
      event.uuid,
    );
    return true;
  }

  return (events) => {
    begin.run();
    try {
      forgetStaleIds();
      let stored = 0;
      for (const event of events) if (store(event)) stored += 1;
      commit.run();
      return { stored, duplicates: events.length - stored };
    } catch (error) {
      // SQLite rolls back on its own for some errors (a full disk is one), and then refuses to be asked again.
      if (database.isTransaction) database.exec('ROLLBACK');
      for (const cache of caches) cache.clear();
      throw error;
    }
  };
}

/** The ids of one table's rows by their unique key; a missing row is made. */
function rememberedId<Key>(
  database: DatabaseSync,
  table: string,
  columns: readonly string[],
  values: (key: Key) => (string | number)[],
): { id(key: Key): number; clear(): void } {
  const cache = new QuickLRU<Key, number>({ maxSize: CACHE_SIZE });
  const find = database.prepare(
    `SELECT id FROM ${table} WHERE ${columns.map((column) => `${column} = ?`).join(' AND ')}`,
  );
  const make = database.prepare(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) RETURNING id`,
  );
  return {
    id(key) {
      let id = cache.get(key);
      if (id === undefined) {
        const parameters = values(key);
        id = (find.get(...parameters) ?? make.get(...parameters))?.id as number;
        cache.set(key, id);
      }
      return id;
    },
    clear: () => cache.clear(),
  };
}
