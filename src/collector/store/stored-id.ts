/**
 * How ids lie in the log. Most are UUIDs, whose 16 bytes take less than half of their text; a text that isn't exactly
 * what the bytes give back stays a text.
 */
import { hash } from 'node:crypto';
import { uuidText } from './uuid.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Zeros stand for a removed user where keys are kept, so this one is told apart by a digest, as a text. */
const NIL = '00000000-0000-0000-0000-000000000000';
const PROJECT_HASH = /^[0-9a-f]{16}$/;

/** A `distinct_id` as it is written. */
export function storedId(distinctId: string): Uint8Array | string {
  return UUID.test(distinctId) && distinctId !== NIL
    ? Buffer.from(distinctId.replaceAll('-', ''), 'hex')
    : distinctId;
}

/** The `distinct_id` that was written so. */
export function idText(stored: Uint8Array | string): string {
  return typeof stored === 'string' ? stored : uuidText(stored);
}

/** A project's hash as it is written. */
export function storedHash(projectHash: string): Uint8Array | string {
  return PROJECT_HASH.test(projectHash) ? Buffer.from(projectHash, 'hex') : projectHash;
}

/** The project's hash that was written so. */
export function hashText(stored: Uint8Array | string): string {
  return typeof stored === 'string' ? stored : Buffer.from(stored).toString('hex');
}

/** Bytes by which users are told apart: a UUID's own, and of any other id a digest. */
export const USER_KEY_BYTES = 16;
/** Bytes by which the projects of one user are told apart. */
export const HASH_KEY_BYTES = 8;

/** {@link USER_KEY_BYTES} bytes, in hex. `stored`: a UUID's bytes in hex, or a text behind a `=`. */
export function userKey(stored: string): string {
  return stored.startsWith('=') ? digest(stored, USER_KEY_BYTES) : stored;
}

/** {@link HASH_KEY_BYTES} bytes, in hex; `stored` as for {@link userKey}. */
export function hashKey(stored: string): string {
  return stored.startsWith('=') ? digest(stored, HASH_KEY_BYTES) : stored;
}

/** What {@link userKey} and {@link hashKey} take, made by SQLite, since reading a text is four times as fast as bytes. */
export function keySource(column: string): string {
  return `iif(typeof(${column}) = 'text', '=' || ${column}, hex(${column}))`;
}

/** The same, made here. */
export function keySourceOf(stored: Uint8Array | string): string {
  return typeof stored === 'string' ? `=${stored}` : Buffer.from(stored).toString('hex');
}

function digest(text: string, bytes: number): string {
  return hash('sha256', text, 'hex').slice(0, 2 * bytes);
}
