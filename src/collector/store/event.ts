/** One received report, as it is stored. */
import { type EventName, KINDS, type Kind } from '../kinds.ts';

/** `KINDS` read backwards, for export. */
export const NAMES = Object.keys(KINDS) as EventName[];

/** A validated event; every string has already passed the allow-lists of `ingest/validate.ts`. */
export interface Event {
  /** Milliseconds UTC: the server's clock, or for an imported event the time that the export gives. */
  receivedAt: number;
  kind: Kind;
  distinctId: string;
  /** 16 hex digits; null for installations. */
  projectHash: string | null;
  isBuild: boolean;
  /** Words of `wasp deploy …` joined by `;`, empty for anything else. */
  deploy: string;
  /** Empty if the client sent none, like the next two. */
  version: string;
  os: string;
  context: string;
  /** Milliseconds UTC, the client's clock; null if it sent none or an insane one. */
  clientTime: number | null;
  /** The 16 bytes of the client's uuid, by which a repeated delivery is recognised; null if it sent none. */
  uuid: Uint8Array | null;
}

/** An event of the log. */
export interface NumberedEvent extends Event {
  /** Its number in this store. */
  number: number;
}
