/** Documents of messages on their way: exported, signed, opened again. */
import { type KeyObject, sign } from 'node:crypto';
import {
  MESSAGES_FORMAT,
  type MessageDocument,
  MOST_SIGNATURES,
  type SignedMessages,
} from '../../protocol/messages.ts';
import { fromBase64, readDocument, readSigned } from '../../protocol/read-messages.ts';
import { messageOf, OperatorError } from '../errors.ts';
import { readDataFile } from '../regular-file.ts';
import { checkedMessage } from './drafts.ts';
import { signersAmong } from './public-keys.ts';
import { publishedPath } from './published-path.ts';

/** A document as it was signed. */
export interface SignedDocument {
  readonly bytes: Uint8Array;
  readonly signatures: readonly Uint8Array[];
  readonly document: MessageDocument;
  /** What front ends would change or leave out, a sentence each. */
  readonly notes: readonly string[];
}

/** Throws `OperatorError` with what is wrong with what `message export` is said to have written. */
export function parseUnsigned(text: string): Pick<MessageDocument, 'serial' | 'messages' | 'withdrawn'> {
  const value = parseJson(text);
  if (
    value?.format !== MESSAGES_FORMAT ||
    !Number.isSafeInteger(value.serial) ||
    !Array.isArray(value.messages)
  ) {
    throw new OperatorError('What is to be signed is not a document as `message export` writes it.');
  }
  return {
    serial: value.serial as number,
    messages: value.messages.map(checkedMessage),
    ...(value.withdrawn !== undefined && { withdrawn: value.withdrawn }),
  };
}

/**
 * A document that is issued now. Throws `OperatorError` if front ends would not take it as it is.
 * @param now milliseconds UTC
 * @param valid for how many milliseconds it may be shown
 */
export function issue(
  { serial, messages, withdrawn }: Pick<MessageDocument, 'serial' | 'messages' | 'withdrawn'>,
  now: number,
  valid: number,
): MessageDocument {
  const document: MessageDocument = {
    format: MESSAGES_FORMAT,
    serial,
    issuedAt: new Date(now).toISOString(),
    expiresAt: new Date(now + valid).toISOString(),
    messages,
    ...(withdrawn && withdrawn.length > 0 && { withdrawn }),
  };
  const read = readDocument(Buffer.from(JSON.stringify(document)));
  if ('wrong' in read) throw new OperatorError(`It can't be signed: ${read.wrong}.`);
  if (read.notes.length > 0) throw new OperatorError(`It can't be signed: ${read.notes.join('; ')}.`);
  return document;
}

/** Signs exact bytes; signatures that are there already stay in front. Throws `OperatorError` if there are too many. */
export function signBytes(
  bytes: Uint8Array,
  key: KeyObject,
  before: readonly Uint8Array[] = [],
): SignedMessages {
  const signatures = [...before, sign(null, bytes, key)];
  return signedFile(bytes, signatures);
}

/** The signed file of these bytes and signatures. Throws `OperatorError` if there are too many. */
export function signedFile(bytes: Uint8Array, signatures: readonly Uint8Array[]): SignedMessages {
  if (signatures.length > MOST_SIGNATURES) {
    throw new OperatorError(`Front ends read ${MOST_SIGNATURES} signatures at most.`);
  }
  const [signature = '', ...others] = signatures.map((one) => Buffer.from(one).toString('base64'));
  const messages = Buffer.from(bytes).toString('base64');
  return { messages, signature, ...(others.length > 0 && { signatures: others }) };
}

/** What a signed file holds; whose signatures they are is not looked at. Throws `OperatorError` with what is wrong. */
export function openSigned(text: string): SignedDocument & { readonly signed: SignedMessages } {
  const signed = readSigned(text);
  if (!signed) throw new OperatorError('That is not a file as `message sign` writes it.');
  if ('wrong' in signed) throw new OperatorError(`That is not a signed file: ${signed.wrong}.`);
  const bytes = fromBase64(signed.messages);
  const signatures = [signed.signature, ...(signed.signatures ?? [])].flatMap((one) => fromBase64(one) ?? []);
  if (!bytes || signatures.length === 0 || signatures.some(({ length }) => length !== 64))
    throw new OperatorError('That is not a signed file: it is not base64.');
  return { signed, ...openBytes(bytes, signatures) };
}

/** The document in exact bytes. Throws `OperatorError` with what is wrong. */
export function openBytes(bytes: Uint8Array, signatures: readonly Uint8Array[]): SignedDocument {
  const read = readDocument(bytes);
  if ('wrong' in read) throw new OperatorError(`That is not a document of messages: ${read.wrong}.`);
  return { bytes, signatures, document: read.document, notes: read.notes };
}

/**
 * The document that is published; undefined if there is none that could be handed out, or none that these keys have
 * signed: what a stolen key has published doesn't count once it is trusted no longer.
 * @param keys none: any key may have signed it
 */
export function publishedDocument(dataDir: string, keys: readonly string[] = []): SignedDocument | undefined {
  const file = publishedPath(dataDir);
  const content = readDataFile(file);
  if (content === undefined) return undefined;
  let found: SignedDocument;
  try {
    found = openSigned(content.toString());
  } catch (error) {
    if (error instanceof OperatorError) return undefined;
    throw new OperatorError(`Can't read ${file}: ${messageOf(error)}`);
  }
  const isTrusted = keys.length === 0 || signersAmong(keys, found.bytes, found.signatures).length > 0;
  return isTrusted ? found : undefined;
}

function parseJson(text: string): Partial<MessageDocument> | null {
  try {
    return JSON.parse(text);
  } catch {
    throw new OperatorError('What is to be signed is not JSON.');
  }
}
