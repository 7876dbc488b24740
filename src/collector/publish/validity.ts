import type { MessageDocument } from '../../protocol/messages.ts';
import { DAY_MS } from '../quarter-hours.ts';

/** So long before the validity of what is published ends, in milliseconds, maintainers are warned. */
export const WARNING_TIME = 14 * DAY_MS;

/**
 * A line for the operator if the validity of a document ends soon, or has ended; undefined otherwise.
 * @param now milliseconds UTC
 */
export function validityWarning(
  { serial, expiresAt }: Pick<MessageDocument, 'serial' | 'expiresAt'>,
  now: number,
): string | undefined {
  const left = Date.parse(expiresAt) - now;
  if (left > WARNING_TIME) return undefined;
  if (left <= 0) {
    return `warning: document ${serial} has expired, at ${expiresAt}: no message is shown to users any more; export, sign and publish`;
  }
  const days = Math.ceil(left / DAY_MS);
  return `warning: the messages of document ${serial} fall silent in ${days} ${days === 1 ? 'day' : 'days'}, at ${expiresAt}; export, sign and publish before`;
}
