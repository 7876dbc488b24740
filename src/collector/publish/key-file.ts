/** The private key that signs messages: a PEM file that its owner keeps away from the collector. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { databasePath } from '../data-directory.ts';
import { messageOf, OperatorError } from '../errors.ts';
import { draftsPath } from './drafts.ts';
import { publishedPath } from './published-path.ts';

/**
 * Makes a key, writes it where nothing must be yet, readable by its owner only, and returns the public key.
 * Throws `OperatorError`.
 * @param passphrase encrypts it
 */
export function makeKeyFile(file: string, passphrase?: string): string {
  const place = realPlace(file);
  refuseDataDirectory(file, place);
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const protection = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
  try {
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem', ...protection });
    writeFileSync(place, pem, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw new OperatorError(`Can't write the key: ${messageOf(error)}`);
  }
  return publicKeyText(publicKey);
}

/**
 * Throws `OperatorError`, also if other users of the machine can read the file.
 * @param askPassphrase is called if the key is encrypted
 */
export async function readKeyFile(file: string, askPassphrase: () => Promise<string>): Promise<KeyObject> {
  refuseDataDirectory(file, realPlace(file));
  const { pem, mode } = readPem(file);
  const passphrase = pem.includes('ENCRYPTED PRIVATE KEY') ? await askPassphrase() : undefined;
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: pem, format: 'pem', ...(passphrase !== undefined && { passphrase }) });
  } catch (error) {
    const why = passphrase === undefined ? messageOf(error) : 'the passphrase is not the right one';
    throw new OperatorError(`Can't read the private key: ${why}`);
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new OperatorError(`${file} is no Ed25519 key.`);
  if (mode & 0o077) {
    throw new OperatorError(
      `Other users of this machine can read or change ${file}. Forbid it: chmod 600 ${file}\nIf one may have read it, make a new key: those who have it speak to everyone who uses Wasp.`,
    );
  }
  return key;
}

/** Base64 of the 32 bytes, as the front end takes it. `key` may be the private one. */
export function publicKeyText(key: KeyObject): string {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return Buffer.from(publicKey.export({ format: 'jwk' }).x as string, 'base64url').toString('base64');
}

/** The text and the mode are those of the same file. */
function readPem(file: string): { pem: string; mode: number } {
  try {
    const fd = openSync(file, 'r');
    try {
      return { mode: fstatSync(fd).mode, pem: readFileSync(fd, 'utf8') };
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw new OperatorError(`Can't read the private key: ${messageOf(error)}`);
  }
}

/** Where a path leads, links followed as the system follows them: `link/../key` is not where it seems to be. */
function realPlace(file: string): string {
  try {
    return realpathSync.native(file);
  } catch {
    // Nothing there yet: then below its folder's place.
    const folder = dirname(file);
    return folder === file ? file : join(realPlace(folder), basename(file));
  }
}

/** Who breaks into a collector must not find there what every Wasp in the world believes. */
function refuseDataDirectory(file: string, place: string): void {
  for (let directory = dirname(place); ; directory = dirname(directory)) {
    if ([databasePath, draftsPath, publishedPath].some((pathIn) => existsSync(pathIn(directory)))) {
      throw new OperatorError(
        `${file} is inside the data directory ${directory}. Keep the private key somewhere else, best on another machine.`,
      );
    }
    if (directory === dirname(directory)) return;
  }
}
