/** PostHog's envelopes → single events, nothing checked yet. */

/** A JSON object. */
export type Fields = Readonly<Record<string, unknown>>;

/** One event as a client sent it. */
export interface RawEvent {
  /** From the envelope, or, as posthog-js does it, from the event. */
  apiKey: unknown;
  name: unknown;
  distinctId: unknown;
  properties: unknown;
  /** The client's clock. */
  timestamp: unknown;
  uuid: unknown;
}

/**
 * The events in a body: one event, an array of them, or `{"api_key": …, "batch": [event, …]}`.
 * What is no object stands in the result as undefined, so that it is counted.
 */
export function unwrap(body: unknown): (RawEvent | undefined)[] {
  if (Array.isArray(body)) return body.map((event) => rawEvent(event, undefined));
  if (isFields(body) && Array.isArray(body.batch)) {
    const apiKey = body.api_key ?? body.token;
    return body.batch.map((event) => rawEvent(event, apiKey));
  }
  return [rawEvent(body, undefined)];
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function rawEvent(event: unknown, envelopeKey: unknown): RawEvent | undefined {
  if (!isFields(event)) return undefined;
  const properties: Fields = isFields(event.properties) ? event.properties : {};
  return {
    apiKey: envelopeKey ?? event.api_key ?? event.token ?? properties.api_key ?? properties.token,
    name: event.event,
    distinctId: event.distinct_id ?? properties.distinct_id,
    properties: event.properties,
    timestamp: event.timestamp,
    uuid: event.uuid,
  };
}
