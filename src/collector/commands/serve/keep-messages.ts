import { Gauge, type Registry } from 'prom-client';
import { messageOf, OperatorError } from '../../errors.ts';
import { openSigned, publishedDocument, type SignedDocument } from '../../publish/document.ts';
import { KEYS_VARIABLE, trustedKeys } from '../../publish/public-keys.ts';
import { checkPublishable } from '../../publish/publishable.ts';
import { replacePublished } from '../../publish/published.ts';
import type { MessagesSource } from '../../publish/source.ts';
import { whileLocked } from '../while-locked.ts';
import { type LastError, registerLastError } from './last-error.ts';

/** Milliseconds from one look at the source to the next. */
const EVERY = 30_000;

export interface KeptMessages {
  /** Its metrics. */
  register(registry: Registry): void;
  stop(): void;
}

export interface KeepMessagesOptions {
  dataDir: string;
  source: MessagesSource;
  log(line: string): void;
  /** Milliseconds. */
  every?: number;
}

/**
 * Publishes here what is published at the source, as `message publish` would: what it would refuse never takes the place
 * of a good one, which goes on being handed out while the source is away.
 */
export function keepMessages({ dataDir, source, log, every = EVERY }: KeepMessagesOptions): KeptMessages {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let isFailing = false;
  let readAt = 0;
  let lastError: LastError | undefined;

  function fail(reason: string, error: unknown): void {
    [isFailing, lastError] = [true, { reason, at: Date.now() }];
    log(`no messages are taken from the source: ${messageOf(error)}`);
  }

  async function look(): Promise<void> {
    let reason = 'unreachable';
    try {
      const text = await source.read(stop.signal);
      reason = 'refused';
      take(dataDir, text);
      readAt = Date.now();
      if (isFailing) log(`messages are taken from ${source.name} again`);
      isFailing = false;
    } catch (error) {
      if (!stop.signal.aborted) fail(reason, error);
    }
    if (!stop.signal.aborted) timer = setTimeout(look, every);
  }

  void look();
  return {
    register(registry) {
      const gauge = (name: string, help: string, value: () => number) =>
        new Gauge({
          name: `wasp_collector_messages_source_${name}`,
          help,
          registers: [registry],
          collect() {
            this.set(value());
          },
        });
      gauge('failing', '1 if the source could not be read, or had what is refused', () => Number(isFailing));
      gauge('read_seconds', 'Unix time at which it had what may be published; 0: never', () => readAt / 1000);
      registerLastError(registry, 'messages_source', () => lastError);
    },
    stop() {
      stop.abort();
      clearTimeout(timer);
    },
  };
}

/** Throws `OperatorError` if it must not be published. */
function take(dataDir: string, text: string): void {
  const signed = openSigned(text);
  const keys = expectKeys(dataDir);
  const publish = () => {
    if (isSame(signed, publishedDocument(dataDir, keys))) return;
    checkPublishable(dataDir, signed, keys, Date.now());
    replacePublished(dataDir, signed);
  };
  // Reports wait while this does.
  whileLocked(dataDir, 'messages', publish, 0);
}

/** The public keys that are known. @throws OperatorError if there is none, since then anything could be published */
export function expectKeys(dataDir: string): string[] {
  const keys = trustedKeys(dataDir, undefined);
  if (keys.length > 0) return keys;
  throw new OperatorError(
    `--messages-from takes only what a known key has signed, and none is known here: set ${KEYS_VARIABLE} to the public key.`,
  );
}

function isSame(one: SignedDocument, other: SignedDocument | undefined): boolean {
  const parts = ({ bytes, signatures }: SignedDocument) => [bytes, ...signatures].map(hex).join();
  return other !== undefined && parts(one) === parts(other);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
