/**
 * The numbers of users and projects. `user_run` and `project_run` hold keys of a fixed length, one after the other in
 * the order of their numbers: a row's keys belong to the numbers `first`, `first + 1`, …. Numbers are given once; a
 * key of zeros keeps the place of one that was removed.
 *
 * There is no index. Users come by thousands at a time, and reading all keys once for a batch (50 MB for 3 million
 * users, 0.1 s) costs less than finding each of a batch in a tree, and adding to the end costs nothing.
 */
import type { DatabaseSync } from 'node:sqlite';
import { HASH_KEY_BYTES, USER_KEY_BYTES } from '../stored-id.ts';
import { toBytes, toNumbers } from './chunk.ts';
import type { KeyTable } from './key-table.ts';

export type RunTable = 'user_run' | 'project_run';

/** A user's key, and that of a project: its user's number in 32 bits and then its own. */
export const KEY_BYTES: Record<RunTable, number> = {
  user_run: USER_KEY_BYTES,
  project_run: 4 + HASH_KEY_BYTES,
};

/** Keys up to which a run is extended: what a small batch rewrites. */
const FULL = 4096;

/** The number that the next key gets. */
export function nextNumber(database: DatabaseSync, table: RunTable): number {
  const last = database
    .prepare(`SELECT first, length(keys) AS bytes FROM ${table} ORDER BY first DESC`)
    .get();
  return last ? (last.first as number) + (last.bytes as number) / KEY_BYTES[table] : 1;
}

/** A run of the table: `keys[0]` begins the key of number `first`. */
export interface Run {
  first: number;
  keys: Uint32Array;
}

function* runs(database: DatabaseSync, table: RunTable): Generator<Run> {
  for (const row of database.prepare(`SELECT first, keys FROM ${table} ORDER BY first`).iterate()) {
    yield { first: row.first as number, keys: toNumbers(row.keys as Uint8Array) };
  }
}

/** By entry of `wanted`, the number of its key, 0 if it has none yet. */
export function numbersOf(database: DatabaseSync, table: RunTable, wanted: KeyTable): Uint32Array {
  const width = KEY_BYTES[table] / 4;
  const numbers = new Uint32Array(wanted.size);
  if (wanted.size === 0) return numbers;
  for (const { first, keys } of runs(database, table)) {
    for (let at = 0, number = first; at < keys.length; at += width, number += 1) {
      const entry = wanted.find(keys, at);
      if (entry >= 0) numbers[entry] = number;
    }
  }
  return numbers;
}

/** Gives the next numbers to these keys, in the caller's transaction. */
export function appendKeys(database: DatabaseSync, table: RunTable, keys: Uint32Array): void {
  if (keys.length === 0) return;
  const bytes = toBytes(keys);
  const last = database.prepare(`SELECT first, keys FROM ${table} ORDER BY first DESC`).get();
  const before = last?.keys as Uint8Array | undefined;
  if (before && before.length < FULL * KEY_BYTES[table]) {
    const extend = database.prepare(`UPDATE ${table} SET keys = ? WHERE first = ?`);
    extend.run(Buffer.concat([before, bytes]), last?.first as number);
  } else {
    const append = database.prepare(`INSERT INTO ${table} (first, keys) VALUES (?, ?)`);
    append.run(nextNumber(database, table), bytes);
  }
}

/** Overwrites the keys for which `isRemoved` holds with zeros, in the caller's transaction; returns how many. */
export function removeKeys(
  database: DatabaseSync,
  table: RunTable,
  isRemoved: (number: number, keys: Uint32Array, at: number) => boolean,
): number {
  const width = KEY_BYTES[table] / 4;
  const changed: Run[] = [];
  let removed = 0;
  for (const { first, keys } of runs(database, table)) {
    const before = removed;
    for (let at = 0, number = first; at < keys.length; at += width, number += 1) {
      if (!isRemoved(number, keys, at)) continue;
      keys.fill(0, at, at + width);
      removed += 1;
    }
    if (removed > before) changed.push({ first, keys });
  }
  const write = database.prepare(`UPDATE ${table} SET keys = ? WHERE first = ?`);
  for (const { first, keys } of changed) write.run(toBytes(keys), first);
  return removed;
}
