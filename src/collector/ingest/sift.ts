/** The bytes of a body → the events to store, and a reason for each of the others. Touches nothing else. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Event } from '../store/event.ts';
import { decodeBody } from './decode.ts';
import type { Refusal } from './refusal.ts';
import { type RawEvent, unwrap } from './unwrap.ts';
import { type KeptOut, validate } from './validate.ts';

export interface Sifted {
  events: Event[];
  /** A reason per event that is not in `events`. */
  dropped: Refusal[];
  /** What is not in `events` although their clients sent it: personal data, by rule. */
  keptOut: KeptOut[];
  /** Whose allowance is charged: that of the first event, since clients send one key per body. */
  apiKey: string;
}

/** `acceptsKey` is false for a key that is not served here; `now` in milliseconds UTC. */
export function sift(
  body: Buffer,
  headers: IncomingHttpHeaders,
  acceptsKey: (apiKey: string) => boolean,
  now: number,
): Sifted | Refusal {
  const decoded = decodeBody(body, headers['content-encoding'], headers['content-type']);
  if ('refusal' in decoded) return decoded.refusal;
  const raw = unwrap(decoded.value);
  if (raw.length === 0) return 'no_events';

  const sifted: Sifted = { events: [], dropped: [], keptOut: [], apiKey: '' };
  const onKeptOut = (what: KeptOut): void => void sifted.keptOut.push(what);
  for (const event of raw) {
    const validated = validatedIfServed(event);
    if (typeof validated === 'string') sifted.dropped.push(validated);
    else {
      sifted.apiKey ||= event?.apiKey as string;
      sifted.events.push(validated);
    }
  }
  return sifted;

  function validatedIfServed(event: RawEvent | undefined): Event | Refusal {
    if (event === undefined) return 'bad_event';
    const { apiKey } = event;
    return isKey(apiKey) && acceptsKey(apiKey) ? validate(event, now, onKeptOut) : 'bad_api_key';
  }
}

/** It is looked up and remembered, so it has to be short. */
function isKey(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 128;
}
