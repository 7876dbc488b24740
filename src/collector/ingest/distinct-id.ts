/**
 * Which ids are kept as they are, which as a hash, and which not at all. Known clients make ids that say nothing about
 * their user; what other clients send could be a name or worse, so it is never written down.
 */
import { hash } from 'node:crypto';
import { isDistinctId } from '../../protocol/rules.ts';
import { KINDS, type Kind } from '../kinds.ts';
import { DAY_MS } from '../quarter-hours.ts';
import { personalRuleOf } from './personal-data.ts';
import type { Refusal } from './refusal.ts';

export interface KeptId {
  distinctId: string;
  /** True if the client's id was in no known form. */
  hashed: boolean;
}

/**
 * What is stored of the id that a client sent. `receivedAt` in milliseconds UTC: the npm package's ids end with the
 * time at which they were made.
 */
export function keptId(
  sent: unknown,
  kind: Kind,
  receivedAt: number,
): KeptId | Extract<Refusal, `${string}distinct_id`> {
  if (!isDistinctId(sent)) return 'bad_distinct_id';
  if (isKnownForm(sent, receivedAt)) return { distinctId: sent, hashed: false };
  // Installers have always sent random digits, and the old ones few enough for a telephone number.
  const isInstallersNumber = kind !== KINDS.cli && /^\d+$/.test(sent);
  if (!isInstallersNumber && personalRuleOf(sent) !== undefined) return 'personal_distinct_id';
  return { distinctId: hashedId(sent), hashed: true };
}

/**
 * The SHA-256 in 64 hex digits: what `wasp` and the real Wasp make of WASP_TELEMETRY_USER_ID, so that a user who is
 * known by that variable and by a client of their own is one user.
 */
export function hashedId(id: string): string {
  return hash('sha256', id);
}

/** Under which ids a user is stored whose client sent, or would have sent, this one. */
export function storedForms(id: string): string[] {
  return isKnownAtAnyTime(id) ? [id] : [id, hashedId(id)];
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const SHA_256 = /^[0-9a-f]{64}$/;
/** Installers' random numbers. Telephone numbers have 15 digits at most, and `00` or `011` before them. */
const LONG_NUMBER = /^(?!0\d{15,17}$)\d{16,64}$/;
/** A number below 32768 and the milliseconds since 1970: what `npm-package:postinstall` of 0.25.0 sends. */
const NPM_NUMBER = /^[0-9]{1,5}?(\d{13})$/;
/** Milliseconds between the making of such an id and its arrival, clocks that are wrong included. */
const NPM_TOLERANCE = 30 * DAY_MS;

function isKnownForm(id: string, receivedAt: number): boolean {
  if (isKnownAtAnyTime(id)) return true;
  const madeAt = Number(NPM_NUMBER.exec(id)?.[1]);
  return Math.abs(madeAt - receivedAt) <= NPM_TOLERANCE;
}

function isKnownAtAnyTime(id: string): boolean {
  return UUID.test(id) || SHA_256.test(id) || LONG_NUMBER.test(id);
}
