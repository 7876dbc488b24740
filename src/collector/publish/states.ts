/** Where each message stands on its way from a draft to users, as far as the data directory tells. */
import type { Message, MessageDocument } from '../../protocol/messages.ts';
import { checkedMessage, type Drafts } from './drafts.ts';

/**
 * - `draft`: not said yet: in no published document, and in no signed one that is named.
 * - `signed`: in a signed document that is not published yet.
 * - `published`: what users get.
 * - `changed`: users get it as it was before it was changed.
 * - `expired`: published, but its own time or that of its document is over: users don't see it any more.
 * - `withdrawn`: taken back. If it is still in the published document, users get it until the next one.
 */
export type MessageState = 'draft' | 'signed' | 'published' | 'changed' | 'expired' | 'withdrawn';

export interface StatedMessage {
  readonly id: string;
  readonly state: MessageState;
  /** Is it in the published document? */
  readonly inPublished: boolean;
  /** Undefined if only its id is remembered. */
  readonly message?: Message;
  /** When users stop to see it: the earlier of its own expiry and its document's. */
  readonly endsAt?: string;
}

/**
 * @param signed a document that is signed, but not published
 * @param now milliseconds UTC
 */
export function messageStates(
  drafts: Drafts,
  published: MessageDocument | undefined,
  signed: MessageDocument | undefined,
  now: number,
): StatedMessage[] {
  const isDraft = (id: string) => drafts.messages.some((message) => message.id === id);
  const stated = drafts.messages.map(checkedMessage).map((message): StatedMessage => {
    const { id } = message;
    const before = published?.messages.find((other) => other.id === id);
    const endsAt = earlier(message.expiresAt, before && published?.expiresAt);
    const ends = endsAt !== undefined && { endsAt };
    const state = stateOf(message, before, signed, endsAt, now);
    return { id, state, inPublished: before !== undefined, message, ...ends };
  });
  const orphans = (published?.messages ?? []).filter(({ id }) => !isDraft(id));
  const gone = drafts.withdrawn.filter(({ id }) => !isDraft(id) && !orphans.some((other) => other.id === id));
  return [
    ...stated,
    ...orphans.map(
      (message): StatedMessage => ({ id: message.id, state: 'withdrawn', inPublished: true, message }),
    ),
    ...gone.map(({ id }): StatedMessage => ({ id, state: 'withdrawn', inPublished: false })),
  ];
}

function stateOf(
  message: Message,
  before: Message | undefined,
  signed: MessageDocument | undefined,
  endsAt: string | undefined,
  now: number,
): MessageState {
  const isIn = (document: MessageDocument | undefined) =>
    document?.messages.some((other) => isSame(other, message)) ?? false;
  if (before && isSame(before, message)) {
    return endsAt !== undefined && Date.parse(endsAt) <= now ? 'expired' : 'published';
  }
  if (isIn(signed)) return 'signed';
  return before ? 'changed' : 'draft';
}

function isSame(one: Message, other: Message): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function earlier(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Date.parse(one) < Date.parse(other) ? one : other;
}
