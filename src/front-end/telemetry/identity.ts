import path from 'node:path';
import type { Host } from '../host/host.ts';
import { sha256Hex } from './sha256.ts';

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** Far more than an id, in bytes: what follows it, a line break or more, is not ours to judge. */
const LIMIT = 4096;

/**
 * Which user reports, for `distinct_id` (docs/spec.md section 2): the hash of WASP_TELEMETRY_USER_ID, or the random id of this
 * machine, which is shared with the real Wasp and made here if there is none.
 * @param directory the `telemetry` directory
 * @throws if the id can't be read or written
 */
export function obtainIdentity(host: Host, directory: string): string {
  const chosen = chosenIdentity(host);
  if (chosen !== undefined) return chosen;
  for (;;) {
    const known = storedIdentity(host, directory);
    if (known !== undefined) return known;
    makeIdentity(host, directory);
  }
}

/** The identity that the environment names, or undefined. */
export function chosenIdentity(host: Host): string | undefined {
  const user = host.env.WASP_TELEMETRY_USER_ID;
  return user ? sha256Hex(user) : undefined;
}

/** The id in the `signature` file, or undefined if there is none or it isn't a UUID. */
export function storedIdentity(host: Host, directory: string): string | undefined {
  return uuidIn(host.files.read(signatureFile(directory), LIMIT));
}

/** Forgets this machine's id; the next report makes a new one. */
export function forgetIdentity(host: Host, directory: string): void {
  host.files.remove(candidateFile(directory));
  host.files.remove(signatureFile(directory));
}

export function signatureFile(directory: string): string {
  return path.join(directory, 'signature');
}

/**
 * Processes that start together must agree on one id, and the file may hold rubbish, so "create if missing" is not
 * enough: the first to create the candidate decides, and everyone installs that same candidate.
 */
function makeIdentity(host: Host, directory: string): void {
  const candidate = candidateFile(directory);
  const fresh = host.randomUUID();
  host.files.create(candidate, fresh);
  // Rubbish, gone, or no file at all: then the next round starts afresh.
  const agreed = readCandidate(host, candidate);
  // Someone may have finished this whole exchange between our look at the signature and our candidate.
  if (agreed !== undefined && storedIdentity(host, directory) === undefined) {
    host.files.replace(signatureFile(directory), agreed);
  }
  host.files.remove(candidate);
}

function readCandidate(host: Host, candidate: string): string | undefined {
  try {
    return uuidIn(host.files.read(candidate, LIMIT));
  } catch {
    return undefined;
  }
}

function candidateFile(directory: string): string {
  return path.join(directory, 'signature.candidate');
}

function uuidIn(text: string | undefined): string | undefined {
  const id = text?.trim();
  return id !== undefined && UUID_V4.test(id) ? id : undefined;
}
