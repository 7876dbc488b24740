/** One capture request: body → events → store → answer. */
import type { IncomingMessage } from 'node:http';
import type { Event } from '../store/event.ts';
import type { Committer } from './committer.ts';
import { decodeBody } from './decode.ts';
import type { Metrics } from './metrics.ts';
import { readBody } from './read-body.ts';
import type { Refusal } from './refusal.ts';
import { unwrap } from './unwrap.ts';
import { validate } from './validate.ts';

export interface CaptureOptions {
  committer: Pick<Committer, 'submit'>;
  metrics: Metrics;
  /** Milliseconds UTC. */
  clock(): number;
  /** False for a key that is not served here. */
  acceptsKey(apiKey: unknown): boolean;
  /** False once the sender has used up its allowance; the request itself has already been charged for one event. */
  addressAllowance(events: number): boolean;
  /** False once this key has used up its allowance. */
  keyAllowance(apiKey: string, events: number): boolean;
}

/** Calls back once: with `stored`, or with the reason why nothing of this request was. */
export type Captured = 'stored' | Refusal;

export function capture(
  request: IncomingMessage,
  { committer, metrics, clock, acceptsKey, addressAllowance, keyAllowance }: CaptureOptions,
  done: (captured: Captured) => void,
): void {
  readBody(request, (body) => {
    if (typeof body === 'string') refuse(body);
    else accept(body);
  });

  function refuse(reason: Refusal): void {
    metrics.refused(reason);
    done(reason);
  }

  function drop(reason: Refusal, events: number): Refusal {
    metrics.dropped(reason, events);
    return reason;
  }

  function accept(body: Buffer): void {
    const { headers } = request;
    const decoded = decodeBody(body, headers['content-encoding'], headers['content-type']);
    if ('refusal' in decoded) {
      refuse(decoded.refusal);
      return;
    }
    const raw = unwrap(decoded.value);
    if (raw.length === 0) {
      refuse('no_events');
      return;
    }
    metrics.received(raw.length);

    const now = clock();
    const events: Event[] = [];
    let reason: Refusal = 'bad_event';
    for (const one of raw) {
      const validated = acceptsKey(one.apiKey) ? validate(one, now) : 'bad_api_key';
      if (typeof validated === 'string') reason = drop(validated, 1);
      else events.push(validated);
    }
    if (events.length === 0) done(reason);
    else if (!addressAllowance(events.length - 1)) done(drop('address_limit', events.length));
    else if (!keyAllowance(String(raw[0]?.apiKey), events.length)) done(drop('key_limit', events.length));
    else {
      committer.submit(events, (outcome) => {
        done(outcome === 'stored' ? outcome : drop(outcome, events.length));
      });
    }
  }
}
