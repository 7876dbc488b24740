import { DatabaseSync } from 'node:sqlite';
import { migrate, NewerSchemaError } from '../../../src/collector/store/migrate.ts';

const first = { name: 'first', sql: 'CREATE TABLE a (x INTEGER) STRICT' };
const second = { name: 'second', sql: 'CREATE TABLE b (x INTEGER) STRICT; INSERT INTO b VALUES (1)' };

test('only what a database has not had yet is applied, in order', () => {
  const database = new DatabaseSync(':memory:');
  migrate(database, [first]);
  migrate(database, [first, second]);
  migrate(database, [first, second]);
  expect(database.prepare('SELECT count(*) AS n FROM b').get()?.n).toBe(1);
});

test('a failing migration is undone as a whole and named', () => {
  const database = new DatabaseSync(':memory:');
  const broken = { name: 'broken', sql: `${second.sql}; CREATE TABLE a (x)` };
  expect(() => migrate(database, [first, broken])).toThrow('Migration 2 (broken) failed');
  expect(() => database.prepare('SELECT * FROM b')).toThrow('no such table');
  migrate(database, [first, second]);
});

test('a database of a newer collector is refused with the way out', () => {
  const database = new DatabaseSync(':memory:');
  migrate(database, [first, second]);
  expect(() => migrate(database, [first])).toThrow(NewerSchemaError);
});
