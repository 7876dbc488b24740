/** The private key that signs messages: a PEM file that its owner keeps away from the collector. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { closeSync, fstatSync, openSync, realpathSync, rmSync, type Stats, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isDataDirectory } from '../data-directory.ts';
import { messageOf, OperatorError } from '../errors.ts';
import { readAtMost } from '../read-at-most.ts';
import { pathsOf } from './bind-mounts.ts';

/** Bytes; no key is longer. */
const LONGEST = 64 * 1024;

/**
 * Makes a key, writes it where nothing must be yet, readable by its owner only, and returns the public key.
 * Throws `OperatorError`.
 * @param passphrase encrypts it
 */
export function makeKeyFile(file: string, passphrase?: string): string {
  refuseDataDirectory(file);
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const protection = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
  writeNewFile(realPlace(file), privateKey.export({ type: 'pkcs8', format: 'pem', ...protection }));
  return publicKeyText(publicKey);
}

/** All of it is on the disk afterwards, or no file. Throws `OperatorError`. */
function writeNewFile(place: string, content: string | Buffer): void {
  let isOurs = false;
  try {
    const fd = openSync(place, 'wx', 0o600);
    isOurs = true;
    try {
      writeFileSync(fd, content, { flush: true });
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if (isOurs) rmSync(place, { force: true });
    throw new OperatorError(`Can't write the key: ${messageOf(error)}`);
  }
}

/**
 * Throws `OperatorError`, also if other users of the machine can read the file, or reach it by another name.
 * @param askPassphrase is called if the key is encrypted
 */
export async function readKeyFile(file: string, askPassphrase: () => Promise<string>): Promise<KeyObject> {
  refuseDataDirectory(file);
  const { pem, stats } = readPem(file);
  const passphrase = pem.includes('ENCRYPTED PRIVATE KEY') ? await askPassphrase() : undefined;
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: pem, format: 'pem', ...(passphrase !== undefined && { passphrase }) });
  } catch (error) {
    const why = passphrase === undefined ? messageOf(error) : 'the passphrase is not the right one';
    throw new OperatorError(`Can't read the private key: ${why}`);
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new OperatorError(`${file} is no Ed25519 key.`);
  refuseSharedFile(file, stats);
  return key;
}

/** Base64 of the 32 bytes, as the front end takes it. `key` may be the private one. */
export function publicKeyText(key: KeyObject): string {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return Buffer.from(publicKey.export({ format: 'jwk' }).x as string, 'base64url').toString('base64');
}

/** Throws `OperatorError` if others than this user can get at the key. */
function refuseSharedFile(file: string, { mode, uid, nlink }: Stats): void {
  const again = 'If one may have read it, make a new key: those who have it speak to everyone who uses Wasp.';
  if (mode & 0o077) {
    throw new OperatorError(
      `Other users of this machine can read or change ${file}. Forbid it: chmod 600 ${file}\n${again}`,
    );
  }
  if (process.getuid && uid !== process.getuid()) {
    throw new OperatorError(
      `${file} belongs to another user of this machine (uid ${uid}), who can read it. Sign as that user, or chown ${file}\n${again}`,
    );
  }
  if (nlink > 1) {
    throw new OperatorError(
      `${file} has ${nlink} names (hard links), and others may reach it by another one. Remove the others: find / -samefile ${file}`,
    );
  }
}

/** The text and the facts are those of the same file. */
function readPem(file: string): { pem: string; stats: Stats } {
  try {
    const fd = openSync(file, 'r');
    try {
      return { stats: fstatSync(fd), pem: readAtMost(fd, LONGEST).toString() };
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
function refuseDataDirectory(file: string): void {
  for (const place of pathsOf(realPlace(file))) {
    for (let directory = dirname(place); ; directory = dirname(directory)) {
      if (isDataDirectory(directory)) {
        throw new OperatorError(
          `${file} is inside the data directory ${directory}. Keep the private key somewhere else, best on another machine.`,
        );
      }
      if (directory === dirname(directory)) break;
    }
  }
}
