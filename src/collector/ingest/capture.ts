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
  /** False once the sender has used up its allowance; the request itself has already been charged for one event. */
  addressAllowance(events: number): boolean;
  /** False once this key has used up its allowance. */
  keyAllowance(apiKey: string, events: number): boolean;
  /** Hears of an exception that nobody foresaw; the request is answered 500 and the others go on. */
  onBug(error: unknown): void;
}

/** Calls back once: with `stored`, or with the reason why nothing of this request was. */
export type Captured = 'stored' | Refusal;

export function capture(
  request: IncomingMessage,
  { committer, metrics, clock, acceptsKey, addressAllowance, keyAllowance, onBug }: CaptureOptions,
  done: (captured: Captured) => void,
): void {
  readBody(request, (body) => {
    const sifted = typeof body === 'string' ? body : siftSafely(body);
    if (typeof sifted === 'string') {
      metrics.refused(sifted);
      done(sifted);
    } else keep(sifted);
  });

  function siftSafely(body: Buffer): Sifted | Refusal {
    try {
      return sift(body, request.headers, acceptsKey, clock());
    } catch (error) {
      onBug(error);
      return 'internal';
    }
  }

  function keep({ events, dropped, apiKey }: Sifted): void {
    metrics.received(events.length + dropped.length);
    for (const reason of dropped) metrics.dropped(reason, 1);
    if (events.length === 0) done(dropped.at(-1) as Refusal);
    else if (!addressAllowance(events.length - 1)) drop('address_limit');
    else if (!keyAllowance(apiKey, events.length)) drop('key_limit');
    else committer.submit(events, (outcome) => (outcome === 'stored' ? done(outcome) : drop(outcome)));

    function drop(reason: Refusal): void {
      metrics.dropped(reason, events.length);
      done(reason);
    }
  }
}
