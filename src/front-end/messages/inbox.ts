import path from 'node:path';
import type { MessageDocument } from '../../protocol/messages.ts';
import { fromBase64, type ReadDocument, readDocument, readSigned } from '../../protocol/read-messages.ts';
import type { Host } from '../host/host.ts';
import { parseTime } from '../host/time.ts';
import { isSignedBy } from '../host/verify.ts';
import { documentNames, documentsFolder, keyPrefix } from './document-names.ts';

/**
 * Documents that were accepted. Each key has its own: a file for each, named by key and serial number and created
 * exclusively, of which the highest number counts. So no two senders can put an older document in the place of a newer
 * one, whichever is faster, and no key's document touches another's. A file holds what was signed and the signature,
 * and is verified and read as strictly as on arrival each time: text that was put there takes the private key.
 */

/** The exact bytes of a document and the signature of one key. */
export interface SignedBytes {
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
}

/** The most that a document's file can have, in bytes: a document and its signature in base64, and little more. */
const MAX_FILE = 64 * 1024;

/** The newest document of each of these keys, those issued last first. Expired ones are among them. */
export function newestDocuments(host: Host, directory: string, keys: readonly string[]): MessageDocument[] {
  return keys
    .flatMap((key) => newestDocument(host, directory, key) ?? [])
    .sort((a, b) => timeOf(b) - timeOf(a) || b.serial - a.serial);
}

/** The newest document that this key has signed, undefined if there is none. */
export function newestDocument(host: Host, directory: string, key: string): MessageDocument | undefined {
  for (const serial of serialsOf(host, directory, key)) {
    const document = readDocumentFile(host, directory, key, serial);
    if (document) return document;
  }
  return undefined;
}

/**
 * Keeps a document of this key, and forgets the key's older ones and what isn't signed by it. False if one with its
 * serial number is there already.
 * @param signed verified by the caller
 * @throws if it can't be written
 */
export function keepDocument(
  host: Host,
  directory: string,
  key: string,
  serial: number,
  { bytes, signature }: SignedBytes,
): boolean {
  const remove = (other: number) => host.files.remove(documentFile(directory, key, other));
  const others = serialsOf(host, directory, key);
  for (const other of others) if (!readDocumentFile(host, directory, key, other)) remove(other);
  const content = { messages: toBase64(bytes), signature: toBase64(signature) };
  if (!host.files.create(documentFile(directory, key, serial), JSON.stringify(content))) return false;
  for (const other of others) if (other < serial) remove(other);
  return true;
}

/** What a signed document says, or what is wrong with it. Nothing in it is looked at before its signature is known to be right. */
export function openDocument(
  key: string,
  { bytes, signature }: SignedBytes,
): ReadDocument | { readonly wrong: string } | undefined {
  return isSignedBy(key, bytes, signature) ? readDocument(bytes) : undefined;
}

/** Serial numbers by the names of a key's files, the highest first. */
function serialsOf(host: Host, directory: string, key: string): number[] {
  const { length } = keyPrefix(key);
  return documentNames(host, directory, [key])
    .map((name) => name.slice(length))
    .filter((rest) => /^[1-9]\d{0,15}\.json$/.test(rest))
    .map((rest) => Number.parseInt(rest, 10))
    .sort((a, b) => b - a);
}

function documentFile(directory: string, key: string, serial: number): string {
  return path.join(documentsFolder(directory), `${keyPrefix(key)}${serial}.json`);
}

/** Undefined if the file isn't a regular one, or doesn't hold a document with that number that this key has signed. */
function readDocumentFile(
  host: Host,
  directory: string,
  key: string,
  serial: number,
): MessageDocument | undefined {
  try {
    const signed = readSigned(host.files.read(documentFile(directory, key, serial), MAX_FILE) ?? '');
    if (!signed || 'wrong' in signed) return undefined;
    const [bytes, signature] = [fromBase64(signed.messages), fromBase64(signed.signature)];
    const read = bytes && signature && openDocument(key, { bytes, signature });
    return read && 'document' in read && read.document.serial === serial ? read.document : undefined;
  } catch {
    return undefined;
  }
}

function timeOf({ issuedAt }: MessageDocument): number {
  return parseTime(issuedAt) ?? 0;
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
