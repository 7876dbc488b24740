/** A maintainer with a key, apart from the code under test: what is signed here is signed by hand. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { Answer } from './receiver.ts';

const DAY = 86_400_000;
export const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString();

/** The fields of a message; anything may be wrong with it. */
export type Draft = Record<string, unknown>;

export function makeMessage(change: Draft = {}): Draft {
  return {
    id: 'hello',
    level: 'info',
    title: 'Hello from the makers',
    body: 'A body of text.',
    publishedAt: inDays(-1),
    url: 'https://wasp.sh/blog',
    ...change,
  };
}

export class Maintainer {
  readonly #privateKey: KeyObject;
  /** As WASP_MESSAGES_PUBLIC_KEY takes it. */
  readonly publicKey: string;

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    this.#privateKey = privateKey;
    this.publicKey = Buffer.from(publicKey.export({ format: 'jwk' }).x as string, 'base64url').toString(
      'base64',
    );
  }

  /** What a collector answers to a report. */
  answer(messages: readonly Draft[], change: Draft = {}, others: readonly Maintainer[] = []): string {
    const document = {
      format: 'wasp-messages-1',
      serial: 1,
      issuedAt: inDays(-1),
      expiresAt: inDays(30),
      messages,
      ...change,
    };
    return this.sign(JSON.stringify(document), others);
  }

  /** @param others sign the same bytes too */
  sign(text: string, others: readonly Maintainer[] = []): string {
    const bytes = Buffer.from(text);
    const [signature, ...signatures] = [this as Maintainer, ...others].map((one) =>
      sign(null, bytes, one.#privateKey).toString('base64'),
    );
    const more = signatures.length > 0 && { signatures };
    return JSON.stringify({ status: 1, messages: bytes.toString('base64'), signature, ...more });
  }
}

/** Answers every request with what `text` returns at that time. */
export function answering(text: () => string): Answer {
  return (_, response) => {
    response.setHeader('content-type', 'application/json').end(text());
  };
}
