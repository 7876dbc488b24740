/** Who sent the events of a batch, and from which project: numbers for ids. */
import type { DatabaseSync } from 'node:sqlite';
import { hashKey, keySourceOf, storedId, userKey } from '../stored-id.ts';
import { toNumbers } from './chunk.ts';
import { KeyTable } from './key-table.ts';
import { appendKeys, KEY_BYTES, nextNumber, numbersOf, type RunTable } from './runs.ts';

/** An event's ids as `keySource` reads them; no project: null. */
export interface Ids {
  distinctId: string;
  projectHash: string | null;
}

export interface Identified {
  /** By event. */
  user: Uint32Array;
  /** By event, 0 for none. */
  project: Uint32Array;
  /** Keys that get the next numbers, which `user` and `project` anticipate. */
  newUsers: Uint32Array;
  newProjects: Uint32Array;
}

const USER_WORDS = KEY_BYTES.user_run / 4;
const PROJECT_WORDS = KEY_BYTES.project_run / 4;

/** The numbers hold as long as nobody else adds any: see {@link addIdentities}. */
export function identified(database: DatabaseSync, events: readonly Ids[]): Identified {
  const keys = words(events.map(({ distinctId }) => userKey(distinctId)));
  const users = numbered(database, 'user_run', keys, USER_WORDS);
  const withProject: number[] = [];
  events.forEach(({ projectHash }, event) => {
    if (projectHash !== null) withProject.push(event);
  });
  const hashes = words(withProject.map((event) => hashKey(events[event]?.projectHash as string)));
  const projectKeys = new Uint32Array(withProject.length * PROJECT_WORDS);
  withProject.forEach((event, index) => {
    projectKeys[index * PROJECT_WORDS] = users.numbers[event] as number;
    projectKeys.set(hashes.subarray(index * 2, index * 2 + 2), index * PROJECT_WORDS + 1);
  });
  const projects = numbered(database, 'project_run', projectKeys, PROJECT_WORDS);
  const project = new Uint32Array(events.length);
  withProject.forEach((event, index) => {
    project[event] = projects.numbers[index] as number;
  });
  return { user: users.numbers, project, newUsers: users.added, newProjects: projects.added };
}

/** Stores the new ones, in the transaction that stores what refers to them and after nobody else has added any. */
export function addIdentities(database: DatabaseSync, { newUsers, newProjects }: Identified): void {
  appendKeys(database, 'user_run', newUsers);
  appendKeys(database, 'project_run', newProjects);
}

/** The number of each of these ids, 0 if it has none. */
export function userNumbers(database: DatabaseSync, distinctIds: readonly string[]): number[] {
  const keys = words(distinctIds.map((id) => userKey(keySourceOf(storedId(id)))));
  const wanted = new KeyTable(USER_WORDS, distinctIds.length);
  const entries = distinctIds.map((_, index) => wanted.add(keys, index * USER_WORDS));
  const numbers = numbersOf(database, 'user_run', wanted);
  return entries.map((entry) => numbers[entry] as number);
}

/** The numbers of these keys, unknown ones with the numbers that they will get, and the keys of those. */
function numbered(database: DatabaseSync, table: RunTable, keys: Uint32Array, width: number) {
  const found = new KeyTable(width, keys.length / width);
  const entries = new Uint32Array(keys.length / width);
  for (let index = 0; index < entries.length; index += 1) entries[index] = found.add(keys, index * width);
  const numbers = numbersOf(database, table, found);
  const unknown: number[] = [];
  let next = nextNumber(database, table);
  for (let entry = 0; entry < numbers.length; entry += 1) {
    if (numbers[entry] !== 0) continue;
    numbers[entry] = next;
    next += 1;
    unknown.push(entry);
  }
  const added = new Uint32Array(unknown.length * width);
  unknown.forEach((entry, index) => {
    added.set(found.keys.subarray(entry * width, (entry + 1) * width), index * width);
  });
  return { numbers: entries.map((entry) => numbers[entry] as number), added };
}

/** The 32-bit words of keys in hex. */
function words(keys: readonly string[]): Uint32Array {
  return toNumbers(Buffer.from(keys.join(''), 'hex'));
}
