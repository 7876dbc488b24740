/**
 * The shape of what the maintainers say back (docs/messages.md). No imports: the front end looks at it on its way to
 * the hand-off. What is valid stands in read-messages.ts.
 */

/** What a level means to those who show a message. */
interface LevelPolicy {
  /** The higher, the earlier it is shown. */
  readonly urgency: number;
  /** Shown again after this long, in milliseconds, for as long as it concerns a user; null: shown once. */
  readonly again: number | null;
  /** SGR code of its title. */
  readonly colour: string;
}

/** Everything that depends on the level of a message. */
export const LEVELS = {
  info: { urgency: 0, again: null, colour: '36' },
  important: { urgency: 1, again: null, colour: '33' },
  critical: { urgency: 2, again: 24 * 60 * 60 * 1000, colour: '1;31' },
} as const satisfies Record<string, LevelPolicy>;

export type MessageLevel = keyof typeof LEVELS;

/** From the least to the most urgent. */
export const MESSAGE_LEVELS = Object.keys(LEVELS) as readonly MessageLevel[];

/** Is it shown again as long as it concerns a user? */
export function comesBack({ level }: { readonly level: MessageLevel }): boolean {
  return LEVELS[level].again !== null;
}

/** For sorting: the most urgent first. */
export function byUrgency(a: { readonly level: MessageLevel }, b: { readonly level: MessageLevel }): number {
  return LEVELS[b.level].urgency - LEVELS[a.level].urgency;
}

/** One message. Times are ISO 8601 in UTC, texts are plain (plain-text.ts). */
export interface Message {
  /** Names the message for ever, and the files that remember that it was shown. */
  readonly id: string;
  readonly level: MessageLevel;
  readonly title: string;
  /** Lines, separated by `\n`. */
  readonly body: string;
  readonly publishedAt: string;
  /** From then on it is not shown any more. */
  readonly expiresAt?: string;
  /** A semver range of the real Wasp's version; without it, everyone is concerned. */
  readonly affects?: string;
  /** `https:` only. */
  readonly url?: string;
}

/**
 * What is signed. The whole list each time: what is no longer in it has been withdrawn. `format` is signed too, so
 * that a signature under anything else made with the same key is no signature under messages.
 */
export interface MessageDocument {
  readonly format: typeof MESSAGES_FORMAT;
  /** Higher than that of every document before. */
  readonly serial: number;
  readonly issuedAt: string;
  /** From then on nothing in it is shown: those who hold back newer documents can't keep this one alive. */
  readonly expiresAt: string;
  readonly messages: readonly Message[];
  /** Ids that were taken back lately: also out of documents that other keys have signed before. */
  readonly withdrawn?: readonly string[];
}

export const MESSAGES_FORMAT = 'wasp-messages-1';

/** What travels in the answer to a report and lies in a static signed file. */
export interface SignedMessages {
  /** Base64 of the exact bytes that are signed: a {@link MessageDocument} as JSON. */
  readonly messages: string;
  /** Base64 of the Ed25519 signature over those bytes. */
  readonly signature: string;
  /** Signatures of further keys over the same bytes: while one key takes over from another, both sign. */
  readonly signatures?: readonly string[];
}

/** More signatures than this are not read. */
export const MOST_SIGNATURES = 4;

/** Lengths in characters, unless it says bytes. */
export const LIMITS = {
  /** Base64 and signature then fit into the 64 KiB of an answer that are read. */
  documentBytes: 40 * 1024,
  messages: 32,
  withdrawn: 100,
  title: 60,
  body: 800,
  bodyLines: 10,
  url: 200,
  affects: 100,
} as const;
