/** One capture request: body → events → store → answer. */
import type { IncomingMessage } from 'node:http';
import type { Committer } from './committer.ts';
import type { Metrics } from './metrics.ts';
import { readBody } from './read-body.ts';
import type { Refusal } from './refusal.ts';
import { type Sifted, sift } from './sift.ts';

export interface CaptureOptions {
  committer: Pick<Committer, 'submit'>;
  metrics: Metrics;
  /** Milliseconds UTC. */
  clock(): number;
  /** False for a key that is not served here. */
  acceptsKey(apiKey: string): boolean;
  /** False once this address has used up its allowance. */
  addressAllowance(address: string, events?: number): boolean;
  /** False once this key has used up its allowance. */
  keyAllowance(apiKey: string, events: number): boolean;
  /** Hears of an unforeseen exception; the request is answered 500 and the others go on. */
  onBug(error: unknown): void;
}

/** With `stored`, or with the reason why nothing of this request was. */
export type Captured = 'stored' | Refusal;

/** Takes one request in and calls back once. The sender has already been charged for one event. */
export type Capture = (request: IncomingMessage, sender: string, done: (captured: Captured) => void) => void;

export function capturer(options: CaptureOptions): Capture {
  const { committer, metrics, clock, acceptsKey, addressAllowance, keyAllowance, onBug } = options;

  return (request, sender, done) => {
    readBody(request, (body) => {
      const sifted = typeof body === 'string' ? body : siftSafely(body, request);
      if (typeof sifted === 'string') {
        metrics.refused(sifted);
        done(sifted);
      } else keep(sifted, sender, done);
    });
  };

  function siftSafely(body: Buffer, { headers }: IncomingMessage): Sifted | Refusal {
    try {
      return sift(body, headers, acceptsKey, clock());
    } catch (error) {
      onBug(error);
      return 'internal';
    }
  }

  function keep(
    { events, dropped, keptOut, apiKey }: Sifted,
    sender: string,
    done: Parameters<Capture>[2],
  ): void {
    metrics.received(events.length + dropped.length);
    for (const reason of dropped) metrics.dropped(reason, 1);
    for (const what of keptOut) metrics.keptOut(what);
    if (events.length === 0) done(dropped.at(-1) as Refusal);
    else if (!addressAllowance(sender, events.length - 1)) drop('address_limit');
    else if (!keyAllowance(apiKey, events.length)) drop('key_limit');
    else committer.submit(events, (outcome) => (outcome === 'stored' ? done(outcome) : drop(outcome)));

    function drop(reason: Refusal): void {
      metrics.dropped(reason, events.length);
      done(reason);
    }
  }
}
