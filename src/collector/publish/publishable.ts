/** What front ends will refuse is refused here, before it takes the place of what is published. */
import type { MessageDocument } from '../../protocol/messages.ts';
import { OperatorError } from '../errors.ts';
import { publishedDocument, type SignedDocument } from './document.ts';
import { readDrafts } from './drafts.ts';
import { signersAmong } from './public-keys.ts';

/**
 * How far the signer's clock may be ahead of ours, in milliseconds. Front ends allow a day; but the next document must
 * not have been issued before this one, so nothing could be withdrawn until its time has come.
 */
const CLOCKS_APART = 5 * 60 * 1000;

/**
 * Throws `OperatorError` if a document must not be published.
 * @param keys those that front ends trust; none if unknown
 * @param now milliseconds UTC
 * @returns the keys among them that have not signed it: front ends that trust no other one will not take it
 */
export function checkPublishable(
  dataDir: string,
  signed: SignedDocument,
  keys: readonly string[],
  now: number,
): string[] {
  const signers = signersAmong(keys, signed.bytes, signed.signatures);
  if (keys.length > 0 && signers.length === 0) {
    throw new OperatorError(
      'The signature is not that of this public key, or the file was changed afterwards.',
    );
  }
  const { document, notes } = signed;
  const obstacle =
    (notes.length > 0 && `Front ends would not take all of it: ${notes.join('; ')}.`) ||
    obstacleInTime(document, now) ||
    obstacleInOrder(document, publishedDocument(dataDir, keys)?.document) ||
    withdrawnSince(dataDir, document);
  if (obstacle) throw new OperatorError(obstacle);
  return keys.filter((key) => !signers.includes(key));
}

function obstacleInTime({ serial, issuedAt, expiresAt }: MessageDocument, now: number): string | undefined {
  if (Date.parse(expiresAt) <= now) return `Document ${serial} has expired, at ${expiresAt}.`;
  if (Date.parse(issuedAt) > now + CLOCKS_APART) {
    return `Document ${serial} was issued in the future, at ${issuedAt}: the clock of the machine that signed it is ahead, or this one's is behind. Set it right and sign again.`;
  }
  return undefined;
}

function obstacleInOrder(
  { serial, issuedAt }: MessageDocument,
  published: MessageDocument | undefined,
): string | undefined {
  if (published && serial <= published.serial) {
    return `Document ${serial} is not newer than document ${published.serial}, which is published. Export and sign again.`;
  }
  if (published && Date.parse(issuedAt) < Date.parse(published.issuedAt)) {
    return `Document ${serial} was issued at ${issuedAt}, before document ${published.serial}, which is published. Export and sign again, with a clock that is right.`;
  }
  return undefined;
}

/** A document that was exported before a withdrawal would bring the message back. */
function withdrawnSince(dataDir: string, { serial, messages }: MessageDocument): string | undefined {
  const { withdrawn } = readDrafts(dataDir);
  const back = messages
    .map(({ id }) => id)
    .filter((id) => withdrawn.some((other) => other.id === id && serial <= other.upTo));
  if (back.length === 0) return undefined;
  return `Document ${serial} was exported before ${back.join(', ')} was withdrawn. Export and sign again.`;
}
