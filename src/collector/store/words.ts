/**
 * What an event says apart from who, where and when: its kind, whether it built, and its texts. There are few
 * combinations, and each is stored once.
 */
import type { DatabaseSync } from 'node:sqlite';
import QuickLRU from 'quick-lru';
import type { Event } from './event.ts';

/** Entries remembered; about 10 MB when full, however many texts a flood invents. */
const CACHE_SIZE = 50_000;

/** Numbers of combinations by their content; a missing one is made, in the caller's transaction. */
export interface Words {
  id(event: Event): number;
  /** To be called when others may have removed some. */
  clear(): void;
}

export function words(database: DatabaseSync): Words {
  const cache = new QuickLRU<string, number>({ maxSize: CACHE_SIZE });
  const find = database.prepare(
    'SELECT id FROM words WHERE kind = ? AND is_build = ? AND deploy = ? AND version = ? AND os = ? AND context = ?',
  );
  const make = database.prepare(
    'INSERT INTO words (kind, is_build, deploy, version, os, context) VALUES (?, ?, ?, ?, ?, ?) RETURNING id',
  );
  return {
    id({ kind, isBuild, deploy, version, os, context }) {
      const key = `${kind}${isBuild ? 1 : 0}${deploy}\0${version}\0${os}\0${context}`;
      let id = cache.get(key);
      if (id === undefined) {
        const values = [kind, isBuild ? 1 : 0, deploy, version, os, context];
        id = (find.get(...values) ?? make.get(...values))?.id as number;
        cache.set(key, id);
      }
      return id;
    },
    clear: () => cache.clear(),
  };
}
