import { type KeyObject, sign, verify } from 'node:crypto';
import { MESSAGES_FORMAT, type MessageDocument, type SignedMessages } from '../../protocol/messages.ts';
import { fromBase64, readDocument, readSigned } from '../../protocol/read-messages.ts';
import { OperatorError } from '../errors.ts';
import { checkedMessage } from './drafts.ts';

/** What `message export` writes and `message sign` reads. */
export type UnsignedDocument = Pick<MessageDocument, 'format' | 'serial' | 'messages'>;

/** Throws `OperatorError` with what is wrong. */
export function parseUnsigned(text: string): UnsignedDocument {
  let value: Partial<UnsignedDocument> | null;
  try {
    value = JSON.parse(text);
  } catch {
    throw new OperatorError('What is to be signed is not JSON.');
  }
  if (
    value?.format !== MESSAGES_FORMAT ||
    !Number.isSafeInteger(value.serial) ||
    !Array.isArray(value.messages)
  ) {
    throw new OperatorError('What is to be signed is not a document as `message export` writes it.');
  }
  return {
    format: MESSAGES_FORMAT,
    serial: value.serial as number,
    messages: value.messages.map(checkedMessage),
  };
}

/**
 * Issues a document now and signs it.
 * @param now milliseconds UTC
 * @param valid for how many milliseconds it may be shown
 */
export function signDocument(
  { format, serial, messages }: UnsignedDocument,
  key: KeyObject,
  now: number,
  valid: number,
): SignedMessages {
  const document: MessageDocument = {
    format,
    serial,
    issuedAt: new Date(now).toISOString(),
    expiresAt: new Date(now + valid).toISOString(),
    messages,
  };
  const bytes = Buffer.from(JSON.stringify(document));
  const read = readDocument(bytes);
  if ('wrong' in read) throw new OperatorError(`It can't be signed: ${read.wrong}.`);
  if (read.notes.length > 0) throw new OperatorError(`It can't be signed: ${read.notes.join('; ')}.`);
  return { messages: bytes.toString('base64'), signature: sign(null, bytes, key).toString('base64') };
}

/**
 * The document in a signed file. The signature is checked if there is a `publicKey` to check it with. Throws
 * `OperatorError` with what is wrong.
 */
export function openSigned(
  text: string,
  publicKey?: KeyObject,
): { signed: SignedMessages; document: MessageDocument } {
  const signed = readSigned(text);
  if (!signed) throw new OperatorError('That is not a file as `message sign` writes it.');
  if ('wrong' in signed) throw new OperatorError(`That is not a signed file: ${signed.wrong}.`);
  const bytes = fromBase64(signed.messages);
  const signature = fromBase64(signed.signature);
  if (!bytes || signature?.length !== 64)
    throw new OperatorError('That is not a signed file: it is not base64.');
  if (publicKey && !verify(null, bytes, publicKey, signature)) {
    throw new OperatorError(
      'The signature is not that of this public key, or the file was changed afterwards.',
    );
  }
  const read = readDocument(bytes);
  if ('wrong' in read) throw new OperatorError(`That is not a document of messages: ${read.wrong}.`);
  return { signed, document: read.document };
}
