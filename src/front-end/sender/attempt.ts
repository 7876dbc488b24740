import { formatTime, parseTime } from '../host/time.ts';
import type { Slot } from '../telemetry/slot.ts';
import type { Reception } from './messages/receive.ts';

/**
 * What became of an attempt.
 * - `delivered`: the receiver took it.
 * - `refused`: the receiver answered, and did not take it.
 * - `not sent`: no byte of it left this machine; the slot was given back.
 * - `abandoned`: its sender has not come to sending it. So it stands from before the sender is started.
 * - `unknown`: it may have left, and no answer came, or the sender was killed before one did.
 */
export type Outcome =
  | { readonly kind: 'delivered' | 'refused'; readonly status: number }
  | { readonly kind: 'not sent' | 'abandoned' | 'unknown'; readonly why: string };

/** One attempt to send a report. */
export interface Attempt {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly command: 'build' | 'deploy' | 'other';
  readonly slot: Slot;
  readonly url: string;
  /** The exact request body. */
  readonly body: string;
  readonly outcome: Outcome;
  /** What became of the messages that came back; absent if there were none, or nothing new. */
  readonly messages?: Reception;
  /** What its sender needs besides; absent once that has begun to send. */
  readonly job?: SenderJob;
}

/** Of an attempt that waits for its sender. */
export interface SenderJob {
  /** The number of the claim. */
  readonly claim: number;
  /** The Wasp to ask for its version, where neither its package nor its folder told it. */
  readonly askVersionOf?: string;
}

/** What its file in the journal holds. */
export function formatAttempt(attempt: Attempt): string {
  return `${JSON.stringify({ ...attempt, time: formatTime(attempt.time) })}\n`;
}

/**
 * The opposite of {@link formatAttempt}. Everything that is read of it is looked at: the file may have been changed, or
 * be of another version's making.
 * @returns undefined if that is no attempt
 * @throws if it is no JSON
 */
export function parseAttempt(text: string): Attempt | undefined {
  const { time: stamp, ...attempt } = JSON.parse(text);
  const time = parseTime(stamp);
  const { command, slot, url, body, outcome, messages } = attempt;
  const isAttempt =
    ['build', 'deploy', 'other'].includes(command) &&
    ['build', 'other'].includes(slot) &&
    areTexts(url, body) &&
    isOutcome(outcome) &&
    (messages === undefined || isReception(messages));
  return time !== undefined && isAttempt ? { time, ...attempt } : undefined;
}

function isOutcome(value: Partial<Outcome & { status: unknown; why: unknown }> | null | undefined): boolean {
  const { kind = '', status, why } = value ?? {};
  if (kind === 'delivered' || kind === 'refused') return typeof status === 'number';
  return ['not sent', 'abandoned', 'unknown'].includes(kind) && areTexts(why);
}

function isReception(value: Partial<Record<string, unknown>> | null): boolean {
  const { kind, serial, from, why, notes } = value ?? {};
  if (from !== undefined && !areTexts(from)) return false;
  if (kind === 'refused') return areTexts(why);
  if (typeof serial !== 'number') return false;
  return kind === 'nothing new' || (kind === 'accepted' && Array.isArray(notes) && areTexts(...notes));
}

function areTexts(...values: unknown[]): boolean {
  return values.every((value) => typeof value === 'string');
}
