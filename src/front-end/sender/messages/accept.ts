import {
  LIMITS,
  type Message,
  type MessageDocument,
  type SignedMessages,
} from '../../../protocol/messages.ts';
import { fromBase64, readDocument } from '../../../protocol/read-messages.ts';
import type { Host } from '../../host/host.ts';
import { formatTime, parseTime } from '../../host/time.ts';
import { concerns } from '../../messages/concerns.ts';
import { isExpired } from '../../messages/expiry.ts';
import { type Accepted, keepDocument, newestDocument } from '../../messages/inbox.ts';
import { unsettle } from '../../messages/settled.ts';
import { tidyShown } from '../../messages/shown.ts';
import { signingKey } from './verify.ts';

/** What became of signed messages. */
export type Acceptance =
  /** `notes`: a sentence about each message that was dropped, cleaned, or does not concern the version at hand. */
  | { readonly kind: 'accepted'; readonly serial: number; readonly notes: readonly string[] }
  | { readonly kind: 'nothing new'; readonly serial: number }
  | { readonly kind: 'refused'; readonly why: string };

/** A signer's clock may be ahead by this much, in milliseconds. */
const CLOCKS_APART = 24 * 60 * 60 * 1000;

/**
 * Verifies signed messages and keeps them if they are newer than what is kept. Nothing in them is looked at before
 * the signature is known to be right.
 * @param version of the real Wasp, for the notes
 * @throws if they can't be written
 */
export function accept(
  host: Host,
  directory: string,
  { messages, signature }: SignedMessages,
  keys: readonly string[],
  version: string,
): Acceptance {
  const refused = (why: string): Acceptance => ({ kind: 'refused', why });
  if (messages.length > Math.ceil(LIMITS.documentBytes / 3) * 4) {
    return refused(`the messages are larger than ${LIMITS.documentBytes} bytes`);
  }
  const bytes = fromBase64(messages);
  const signatureBytes = fromBase64(signature);
  if (!bytes || !signatureBytes) return refused('the messages or their signature are not base64');
  const key = signingKey(bytes, signatureBytes, keys);
  if (key === undefined) return refused('no key that is trusted here has signed these messages');

  const read = readDocument(bytes);
  if ('wrong' in read) return refused(`the messages are signed, but ${read.wrong}`);
  const { serial } = read.document;
  const newest = newestDocument(host, directory, keys);
  if (serial === newest?.serial) return { kind: 'nothing new', serial };
  const obstacle = findObstacle(read.document, newest, host.now());
  if (obstacle) return refused(obstacle);

  const current = read.document.messages.filter((message) => !isExpired(message, host.now()));
  const document: Accepted = { ...read.document, messages: current, key };
  if (!keepDocument(host, directory, document, keys)) return { kind: 'nothing new', serial };
  unsettle(host, directory);
  tidyShown(host, directory, current);
  const notes = [
    ...read.notes,
    ...read.document.messages.filter((message) => !current.includes(message)).map(expiredNote),
    ...current
      .filter((message) => version && !concerns(message, version))
      .map((message) => otherVersionNote(message, version)),
  ];
  return { kind: 'accepted', serial, notes };
}

/** Why a document is out of date, undefined if it isn't. */
function findObstacle(
  { serial, issuedAt, expiresAt }: MessageDocument,
  newest: MessageDocument | undefined,
  now: number,
): string | undefined {
  const issued = parseTime(issuedAt) ?? 0;
  if (newest && serial < newest.serial) {
    return `document ${serial} is older than document ${newest.serial}, which was accepted before`;
  }
  if (newest && issued < (parseTime(newest.issuedAt) ?? 0)) {
    return `document ${serial} was issued before document ${newest.serial}, which was accepted before`;
  }
  if (issued > now + CLOCKS_APART)
    return `document ${serial} was issued in the future, at ${formatTime(issued)}`;
  if (isExpired({ expiresAt }, now)) return `document ${serial} has expired, at ${expiresAt}`;
  return undefined;
}

function expiredNote({ id, expiresAt }: Message): string {
  return `message ${id} was dropped: it has expired, at ${expiresAt}`;
}

function otherVersionNote({ id, affects }: Message, version: string): string {
  return `message ${id} is not shown to Wasp ${version}: it concerns ${affects}`;
}
