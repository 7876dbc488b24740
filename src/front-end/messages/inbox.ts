import path from 'node:path';
import type { MessageDocument } from '../../protocol/messages.ts';
import type { Host } from '../host/host.ts';

/**
 * Documents that were accepted: a file each, named by its serial number and created exclusively, the highest one
 * counts. So no two senders can ever put an older document in the place of a newer one, whichever of them is faster.
 */
export interface Accepted extends MessageDocument {
  /** The public key that has signed it. Once that key is trusted no longer, neither is the document. */
  readonly key: string;
}

/** Everything about messages lies here, beside the `telemetry` directory. */
export function messagesDirectory(cache: string): string {
  return path.join(cache, 'messages');
}

/** The newest document that a trusted key has signed, undefined if there is none. */
export function newestDocument(host: Host, directory: string, keys: readonly string[]): Accepted | undefined {
  if (keys.length === 0) return undefined;
  for (const serial of serials(host, directory)) {
    const document = readDocumentFile(host, documentFile(directory, serial));
    if (document && keys.includes(document.key)) return document;
  }
  return undefined;
}

/**
 * Keeps a document, and forgets older ones and those whose key is trusted no longer. False if one with its serial
 * number is there already.
 * @throws if it can't be written
 */
export function keepDocument(
  host: Host,
  directory: string,
  document: Accepted,
  keys: readonly string[],
): boolean {
  for (const serial of serials(host, directory)) {
    const file = documentFile(directory, serial);
    if (!keys.includes(readDocumentFile(host, file)?.key ?? '')) host.files.remove(file);
  }
  if (!host.files.create(documentFile(directory, document.serial), JSON.stringify(document))) return false;
  for (const serial of serials(host, directory)) {
    if (serial < document.serial) host.files.remove(documentFile(directory, serial));
  }
  return true;
}

/** Serial numbers of what is there, the highest first. */
function serials(host: Host, directory: string): number[] {
  const names = host.files.list(path.join(directory, 'documents'));
  return names
    .filter((name) => /^\d{1,16}\.json$/.test(name))
    .map((name) => Number.parseInt(name, 10))
    .sort((a, b) => b - a);
}

function documentFile(directory: string, serial: number): string {
  return path.join(directory, 'documents', `${serial}.json`);
}

/** Written by us, whole or not at all; should it hold anything else nevertheless, it is no document. */
function readDocumentFile(host: Host, file: string): Accepted | undefined {
  try {
    const document = JSON.parse(host.files.read(file) ?? '') as Accepted;
    return Array.isArray(document.messages) && typeof document.key === 'string' ? document : undefined;
  } catch {
    return undefined;
  }
}
