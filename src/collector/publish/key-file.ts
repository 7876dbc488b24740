/** The private key that signs messages: a PEM file that its owner keeps away from the collector. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { databasePath } from '../data-directory.ts';
import { messageOf, OperatorError } from '../errors.ts';
import { draftsPath } from './drafts.ts';

/**
 * Makes a key, writes it where nothing must be yet, readable by its owner only, and returns the public key.
 * Throws `OperatorError`.
 */
export function makeKeyFile(file: string): string {
  refuseDataDirectory(file);
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  try {
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw new OperatorError(`Can't write the key: ${messageOf(error)}`);
  }
  return publicKeyText(publicKey);
}

/** Throws `OperatorError`. */
export function readKeyFile(file: string): KeyObject {
  refuseDataDirectory(file);
  let key: KeyObject;
  try {
    key = createPrivateKey(readFileSync(file));
  } catch (error) {
    throw new OperatorError(`Can't read the private key: ${messageOf(error)}`);
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new OperatorError(`${file} is no Ed25519 key.`);
  return key;
}

/** Base64 of the 32 bytes, as the front end takes it. `key` may be the private one. */
export function publicKeyText(key: KeyObject): string {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return Buffer.from(publicKey.export({ format: 'jwk' }).x as string, 'base64url').toString('base64');
}

/** Throws `OperatorError` if `text` is none. */
export function parsePublicKey(text: string): KeyObject {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== 32 || bytes.toString('base64') !== text) {
    throw new OperatorError(`${text} is no public key as keygen prints it.`);
  }
  return createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') },
    format: 'jwk',
  });
}

/** Whoever breaks into the collector must not find there what every Wasp in the world believes. */
function refuseDataDirectory(file: string): void {
  let directory = dirname(resolve(file));
  if (existsSync(directory)) directory = realpathSync(directory);
  for (;;) {
    if (existsSync(databasePath(directory)) || existsSync(draftsPath(directory))) {
      throw new OperatorError(
        `${file} is inside the data directory ${directory}. Keep the private key somewhere else, best on another machine.`,
      );
    }
    const parent = dirname(directory);
    if (parent === directory) return;
    directory = parent;
  }
}
