import { readSigned } from '../../../protocol/read-messages.ts';
import type { Host } from '../../host/host.ts';
import { newestDocuments } from '../../messages/inbox.ts';
import { trustedKeys } from '../../messages/keys.ts';
import { type Acceptance, accept } from './accept.ts';
import { forgetEtag, isEtag, readEtag, writeEtag } from './etag.ts';
import { messagesSource } from './source.ts';

/** What the journal says of messages: where they were asked for, if not in the answer to the report, and what became of them. */
export type Reception = Acceptance & { readonly from?: string };

/** A receiver's answer. */
export interface Answer {
  readonly status: number;
  readonly answer: string;
  /** False if it was too long or broke off. */
  readonly whole: boolean;
  readonly etag?: string | undefined;
}

/** Asks for a file, if it is not the one with this ETag. */
export type Fetch = (url: string, etag: string | undefined) => Promise<Answer | { readonly why: string }>;

interface Exchange {
  /** The `messages` directory. */
  readonly directory: string;
  /** Where the report went. */
  readonly destination: string;
  readonly answer: Answer;
  readonly fetch: Fetch;
  /** Of the real Wasp; empty if unknown. */
  readonly version: string;
}

/**
 * Takes the messages that came with the answer to a report, or else asks for the static file if there is one.
 * Without a key that is trusted nothing is asked for and nothing is read.
 * @returns undefined if there were none, which is what most answers say
 * @throws if they can't be written
 */
export async function receiveMessages(host: Host, exchange: Exchange): Promise<Reception | undefined> {
  const keys = trustedKeys(host.env);
  if (keys.length === 0) return undefined;
  const { directory, destination, answer, version } = exchange;
  if (!answer.whole) return { kind: 'refused', why: 'the answer is longer than 64 KiB, or broke off' };
  const signed = readSigned(answer.answer);
  if (signed && 'wrong' in signed) return { kind: 'refused', why: signed.wrong };
  if (signed) {
    const acceptance = accept(host, directory, signed, keys, version);
    // Said of every answer, it would say nothing.
    return acceptance.kind === 'nothing new' ? undefined : acceptance;
  }
  const source = messagesSource(host.env, destination);
  if (!source) return undefined;
  if ('refused' in source) return { kind: 'refused', why: source.refused };
  return { from: source.url, ...(await receiveFile(host, exchange, source.url, keys)) };
}

async function receiveFile(
  host: Host,
  { directory, fetch, version }: Exchange,
  url: string,
  keys: readonly string[],
): Promise<Acceptance> {
  const source = { url, keys };
  const known = readEtag(host, directory, source);
  // Without its document, "not changed" would leave us without it for as long.
  const isKept = newestDocuments(host, directory, keys).some(({ serial }) => serial === known?.serial);
  const file = await fetch(url, isKept ? known?.etag : undefined);
  if ('why' in file) return { kind: 'refused', why: file.why };
  if (file.status === 304 && known && isKept) return { kind: 'nothing new', serial: known.serial };
  forgetEtag(host, directory);
  if (file.status !== 200) return { kind: 'refused', why: `the answer has status ${file.status}` };
  if (!file.whole) return { kind: 'refused', why: 'the file is longer than 64 KiB, or broke off' };
  const signed = readSigned(file.answer);
  if (!signed) return { kind: 'refused', why: 'the file holds no signed messages' };
  if ('wrong' in signed) return { kind: 'refused', why: signed.wrong };
  const acceptance = accept(host, directory, signed, keys, version);
  // What was refused now may be acceptable next time: it may have been issued in the future.
  if (acceptance.kind !== 'refused' && isEtag(file.etag)) {
    writeEtag(host, directory, source, { serial: acceptance.serial, etag: file.etag });
  }
  return acceptance;
}
