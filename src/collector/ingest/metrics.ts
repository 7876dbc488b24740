/** What the collector counts about itself, in Prometheus' text form. Nothing here tells one sender from another. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { WARNING_TIME } from '../publish/validity.ts';
import type { Inserted } from '../store/store.ts';
import { CONTEXT_RULES } from './context.ts';
import { REFUSALS, type Refusal } from './refusal.ts';
import type { KeptOut } from './validate.ts';

/** Invariant: received = stored + duplicates + dropped, summed over reasons, once nothing is in flight. */
export interface Metrics {
  /** Events found in a body. */
  received(events: number): void;
  /** Events that were not stored. */
  dropped(reason: Refusal, events: number): void;
  /** What a client sent and is not in its stored event. */
  keptOut(what: KeptOut): void;
  /** Requests out of which no event could be read. */
  refused(reason: Refusal): void;
  answered(status: number): void;
  committed(inserted: Inserted, seconds: number): void;
  text(): Promise<string>;
}

/**
 * Both are asked at each scrape.
 * @param registerMore adds metrics of what runs beside receiving
 * @param messagesValidUntil when published messages fall silent, in milliseconds UTC; undefined if there are none
 */
export function createMetrics(
  connections: () => number,
  messagesValidUntil: () => number | undefined = () => undefined,
  registerMore: (registry: Registry) => void = () => {},
): Metrics {
  const registers = [new Registry()];
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name: `wasp_collector_${name}`, help, labelNames, registers });
  const received = counter('events_received_total', 'Events found in request bodies');
  const stored = counter('events_stored_total', 'Events committed to disk');
  const duplicates = counter('events_duplicate_total', 'Events not stored because their uuid already is');
  const dropped = counter('events_dropped_total', 'Events not stored, by reason', ['reason']);
  const refused = counter('requests_refused_total', 'Requests with no readable event, by reason', ['reason']);
  const keptOut = counter('personal_data_kept_out_total', 'Ids kept as hashes, context words left out', [
    'what',
  ]);
  const requests = counter('requests_total', 'Requests answered, by HTTP status', ['status']);
  const commitSeconds = new Histogram({
    name: 'wasp_collector_commit_seconds',
    help: 'Duration of a commit, disk write included',
    buckets: [0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.1, 0.5, 2],
    registers,
  });
  const commitEvents = new Histogram({
    name: 'wasp_collector_commit_events',
    help: 'Events in a commit',
    buckets: [1, 2, 5, 10, 25, 50, 100, 250, 1000],
    registers,
  });
  new Gauge({
    name: 'wasp_collector_connections',
    help: 'Open connections',
    registers,
    collect() {
      this.set(connections());
    },
  });
  registerValidity(registers, messagesValidUntil);
  registerMore(registers[0] as Registry);
  // A series that starts at its first increment hides that increment from rate().
  for (const reason of Object.keys(REFUSALS)) {
    dropped.inc({ reason }, 0);
    refused.inc({ reason }, 0);
  }
  for (const what of ['distinct_id', ...CONTEXT_RULES.map((rule) => `context_${rule}`)])
    keptOut.inc({ what }, 0);
  // Finding a series by its label takes a microsecond, and this one is counted with nearly every request.
  const answeredOk = requests.labels({ status: 200 });
  return {
    received: (events) => received.inc(events),
    dropped: (reason, events) => dropped.inc({ reason }, events),
    keptOut: (what) => keptOut.inc({ what }),
    refused: (reason) => refused.inc({ reason }),
    answered: (status) => (status === 200 ? answeredOk : requests.labels({ status })).inc(),
    committed(inserted, seconds) {
      stored.inc(inserted.stored);
      duplicates.inc(inserted.duplicates);
      commitSeconds.observe(seconds);
      commitEvents.observe(inserted.stored + inserted.duplicates);
    },
    text: () => (registers[0] as Registry).metrics(),
  };
}

/** For an alert before users stop to see what is published. Without published messages there is no value. */
function registerValidity(registers: Registry[], validUntil: () => number | undefined): void {
  const gauge = (name: string, help: string, value: (until: number) => number) =>
    new Gauge({
      name: `wasp_collector_messages_${name}`,
      help,
      registers,
      collect() {
        const until = validUntil();
        if (until === undefined) this.remove();
        else this.set(value(until));
      },
    });
  gauge(
    'valid_until_seconds',
    'Unix time at which the published messages fall silent',
    (until) => until / 1000,
  );
  gauge('expiring', '1 if the published messages fall silent within 14 days, or have', (until) =>
    until - Date.now() <= WARNING_TIME ? 1 : 0,
  );
}
