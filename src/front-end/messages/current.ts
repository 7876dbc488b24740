import type { Message, MessageDocument } from '../../protocol/messages.ts';
import { isExpired } from './expiry.ts';

/**
 * The messages that hold now, out of the newest documents of all trusted keys. Of one id the message that was issued
 * last counts, and what a document says is withdrawn is so in every document that was issued before it.
 * @param documents those issued last first
 * @param now milliseconds since the epoch
 */
export function currentMessages(documents: readonly MessageDocument[], now: number): Message[] {
  const current: Message[] = [];
  const settled = new Set<string>();
  for (const document of documents) {
    if (!isExpired(document, now)) {
      for (const message of document.messages) {
        if (!settled.has(message.id) && !isExpired(message, now)) current.push(message);
      }
    }
    for (const { id } of document.messages) settled.add(id);
    for (const id of document.withdrawn ?? []) settled.add(id);
  }
  return current;
}
