/** The public keys that front ends trust, as far as the collector knows them: to refuse what front ends will refuse. */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { join } from 'node:path';
import { replaceDataFile } from '../data-files.ts';
import { OperatorError } from '../errors.ts';
import { readDataFile } from '../regular-file.ts';

/** As front ends take it, for them and for the collector alike: base64, separated by spaces. */
export const KEYS_VARIABLE = 'WASP_MESSAGES_PUBLIC_KEY';

/** Below the data directory: what `--public-key` named last. */
const KEPT = 'messages/public-keys';

/**
 * The keys that a command goes by: those of its option, else of {@link KEYS_VARIABLE}, else those that an earlier option
 * named. None if nothing names any. Throws `OperatorError` if one of them is no public key.
 */
export function trustedKeys(
  dataDir: string,
  option: string | undefined,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string[] {
  const keys = (option ?? (env[KEYS_VARIABLE] || readKept(dataDir))).split(/\s+/).filter(Boolean);
  for (const key of keys) parsePublicKey(key);
  if (option !== undefined && keys.length === 0) throw new OperatorError('--public-key names no key.');
  return [...new Set(keys)];
}

/** Remembers keys for later commands. Throws `OperatorError`. */
export function keepKeys(dataDir: string, keys: readonly string[]): void {
  const text = `${keys.join(' ')}\n`;
  if (readKept(dataDir) !== text) replaceDataFile(dataDir, KEPT, text);
}

/** Throws `OperatorError` if `text` is none. */
function parsePublicKey(text: string): KeyObject {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== 32 || bytes.toString('base64') !== text) {
    throw new OperatorError(`${text} is no public key as keygen prints it.`);
  }
  return createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') },
    format: 'jwk',
  });
}

/** Which of these keys has made one of these signatures over these bytes. */
export function signersAmong(
  keys: readonly string[],
  bytes: Uint8Array,
  signatures: readonly Uint8Array[],
): string[] {
  return keys.filter((key) => {
    const publicKey = parsePublicKey(key);
    return signatures.some((signature) => verify(null, bytes, publicKey, signature));
  });
}

function readKept(dataDir: string): string {
  return readDataFile(join(dataDir, KEPT))?.toString() ?? '';
}
