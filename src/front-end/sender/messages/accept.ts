import {
  LIMITS,
  type Message,
  type MessageDocument,
  type SignedMessages,
} from '../../../protocol/messages.ts';
import { fromBase64 } from '../../../protocol/read-messages.ts';
import type { Host } from '../../host/host.ts';
import { formatTime, parseTime } from '../../host/time.ts';
import { isSignedBy } from '../../host/verify.ts';
import { concerns } from '../../messages/concerns.ts';
import { isExpired } from '../../messages/expiry.ts';
import {
  keepDocument,
  newestDocument,
  newestDocuments,
  openDocument,
  type SignedBytes,
} from '../../messages/inbox.ts';
import { unsettle } from '../../messages/settled.ts';
import { tidyShown } from '../../messages/shown.ts';

/** What became of signed messages. */
export type Acceptance =
  /** `notes`: a sentence about each message that was dropped, cleaned, has expired, or does not concern the version at hand. */
  | { readonly kind: 'accepted'; readonly serial: number; readonly notes: readonly string[] }
  | { readonly kind: 'nothing new'; readonly serial: number }
  | { readonly kind: 'refused'; readonly why: string };

/** A signer's clock may be ahead by this much, in milliseconds. */
const CLOCKS_APART = 24 * 60 * 60 * 1000;

/**
 * Verifies signed messages and keeps them if they are newer than what is kept of a key that has signed them. Each key
 * has a history of its own: a document with the signatures of two keys goes into both.
 * @param version of the real Wasp, for the notes
 * @throws if they can't be written
 */
export function accept(
  host: Host,
  directory: string,
  signed: SignedMessages,
  keys: readonly string[],
  version: string,
): Acceptance {
  const signatures = readSignatures(signed, keys);
  if ('kind' in signatures) return signatures;
  const [first] = signatures;
  if (!first) return refused('no key that is trusted here has signed these messages');
  const read = openDocument(first.key, first);
  if (!read || 'wrong' in read) return refused(`the messages are signed, but ${read?.wrong}`);

  const { document } = read;
  const outcomes = signatures.map((one) => keepIfNewer(host, directory, one, document));
  if (!outcomes.includes('kept')) {
    const obstacle = outcomes.find((outcome) => typeof outcome === 'object');
    if (!obstacle || outcomes.includes('nothing new'))
      return { kind: 'nothing new', serial: document.serial };
    return refused(obstacle.wrong);
  }
  unsettle(host, directory);
  const known = newestDocuments(host, directory, keys).flatMap(({ messages }) => messages);
  tidyShown(host, directory, known);
  const notes = [
    ...read.notes,
    ...document.messages.flatMap((message) => noteOn(message, version, host.now()) ?? []),
  ];
  return { kind: 'accepted', serial: document.serial, notes };
}

/** The signatures of trusted keys, each with what it is for, or why there can be none. */
function readSignatures(
  { messages, signature, signatures = [] }: SignedMessages,
  keys: readonly string[],
): (SignedBytes & { readonly key: string })[] | Acceptance {
  if (messages.length > Math.ceil(LIMITS.documentBytes / 3) * 4) {
    return refused(`the messages are larger than ${LIMITS.documentBytes} bytes`);
  }
  const bytes = fromBase64(messages);
  const all = [signature, ...signatures].flatMap((one) => fromBase64(one) ?? []);
  if (!bytes || all.length <= signatures.length)
    return refused('the messages or their signature are not base64');
  return keys.flatMap((key) => {
    const found = all.find((one) => isSignedBy(key, bytes, one));
    return found ? [{ key, bytes, signature: found }] : [];
  });
}

function refused(why: string): Acceptance {
  return { kind: 'refused', why };
}

function keepIfNewer(
  host: Host,
  directory: string,
  { key, ...signed }: SignedBytes & { readonly key: string },
  document: MessageDocument,
): 'kept' | 'nothing new' | { readonly wrong: string } {
  const newest = newestDocument(host, directory, key);
  if (document.serial === newest?.serial) return 'nothing new';
  const obstacle = findObstacle(document, newest, host.now());
  if (obstacle) return { wrong: obstacle };
  return keepDocument(host, directory, key, document.serial, signed) ? 'kept' : 'nothing new';
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

/** Why a message is not shown, undefined if it is. All are kept: the clock may be wrong today, and another version run tomorrow. */
function noteOn(message: Message, version: string, now: number): string | undefined {
  const { id, affects, expiresAt } = message;
  if (isExpired(message, now)) return `message ${id} is not shown: it has expired, at ${expiresAt}`;
  if (!version || concerns(message, version)) return undefined;
  return `message ${id} is not shown to Wasp ${version}: it concerns ${affects}`;
}
