/** Who sent the events of a batch, and from which project: numbers for ids. */
import type { DatabaseSync } from 'node:sqlite';
import { keySourceOf, storedId, userKey } from '../stored-id.ts';
import { toNumbers } from './chunk.ts';
import { KeyTable } from './key-table.ts';
import { type Batch, IDS_WORDS, USER_WORDS } from './read-batch.ts';
import { appendKeys, KEY_BYTES, nextNumber, numbersOf, type RunTable } from './runs.ts';

export interface Identified {
  /** By event. */
  user: Uint32Array;
  /** By event, 0 for none. */
  project: Uint32Array;
  /** Keys that get the next numbers, which `user` and `project` anticipate. */
  newUsers: Uint32Array;
  newProjects: Uint32Array;
}

const PROJECT_WORDS = KEY_BYTES.project_run / 4;

/** The numbers hold as long as no other process adds any: see {@link addIdentities}. */
export function identified(database: DatabaseSync, { size, ids, hasProject }: Batch): Identified {
  const users = numbered(database, 'user_run', ids, { count: size, stride: IDS_WORDS });
  const projectKeys = new Uint32Array(size * PROJECT_WORDS);
  let projects = 0;
  for (let event = 0; event < size; event += 1) {
    if (hasProject[event] !== 1) continue;
    const at = projects * PROJECT_WORDS;
    projectKeys[at] = users.numbers[event] as number;
    projectKeys[at + 1] = ids[event * IDS_WORDS + USER_WORDS] as number;
    projectKeys[at + 2] = ids[event * IDS_WORDS + USER_WORDS + 1] as number;
    projects += 1;
  }
  const found = numbered(database, 'project_run', projectKeys, { count: projects, stride: PROJECT_WORDS });
  const project = new Uint32Array(size);
  for (let event = 0, index = 0; event < size; event += 1) {
    if (hasProject[event] !== 1) continue;
    project[event] = found.numbers[index] as number;
    index += 1;
  }
  return { user: users.numbers, project, newUsers: users.added, newProjects: found.added };
}

/** Stores the new ones, in the transaction that stores what refers to them and after no other process has added any. */
export function addIdentities(database: DatabaseSync, { newUsers, newProjects }: Identified): void {
  appendKeys(database, 'user_run', newUsers);
  appendKeys(database, 'project_run', newProjects);
}

/** The number of each of these ids, 0 if it has none. */
export function userNumbers(database: DatabaseSync, distinctIds: readonly string[]): number[] {
  const hex = distinctIds.map((id) => userKey(keySourceOf(storedId(id)))).join('');
  const keys = toNumbers(Buffer.from(hex, 'hex'));
  const wanted = new KeyTable(USER_WORDS, distinctIds.length);
  const entries = distinctIds.map((_, index) => wanted.add(keys, index * USER_WORDS));
  const numbers = numbersOf(database, 'user_run', wanted);
  return entries.map((entry) => numbers[entry] as number);
}

/** Where keys lie in an array: so many of them, one every `stride` words. */
interface Layout {
  count: number;
  stride: number;
}

/** The numbers of these keys, unknown ones with the numbers that they will get, and the keys of those. */
function numbered(database: DatabaseSync, table: RunTable, keys: Uint32Array, { count, stride }: Layout) {
  const width = KEY_BYTES[table] / 4;
  const found = new KeyTable(width, count);
  const numbers = new Uint32Array(count);
  for (let index = 0; index < count; index += 1) numbers[index] = found.add(keys, index * stride);
  const ofEntry = numbersOf(database, table, found);
  const unknown: number[] = [];
  let next = nextNumber(database, table);
  for (let entry = 0; entry < ofEntry.length; entry += 1) {
    if (ofEntry[entry] !== 0) continue;
    ofEntry[entry] = next;
    next += 1;
    unknown.push(entry);
  }
  for (let index = 0; index < count; index += 1) numbers[index] = ofEntry[numbers[index] as number] as number;
  return { numbers, added: keysOf(found, unknown, width) };
}

function keysOf({ keys }: KeyTable, entries: readonly number[], width: number): Uint32Array {
  const some = new Uint32Array(entries.length * width);
  for (let index = 0; index < some.length; index += 1) {
    const entry = entries[Math.floor(index / width)] as number;
    some[index] = keys[entry * width + (index % width)] as number;
  }
  return some;
}
