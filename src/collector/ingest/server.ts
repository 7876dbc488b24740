/** Receiving as a whole: listener → handler → committer, wired up, and drained in that order. */
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';
import { messageOf } from '../errors.ts';
import type { PublishedMessages } from '../publish/published.ts';
import type { Event } from '../store/event.ts';
import type { Inserted } from '../store/store.ts';
import { Committer } from './committer.ts';
import { requestHandler } from './handle.ts';
import type { Health } from './health.ts';
import { type Listener, type ListenerOptions, openListener } from './listener.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { rateLimit } from './rate-limit.ts';
import { REFUSALS } from './refusal.ts';

export interface IngestOptions extends Pick<ListenerOptions, 'host' | 'port' | 'tls'> {
  trustProxy?: boolean | undefined;
  /** Keys that are served; all of them if there is none. */
  apiKeys?: readonly string[] | undefined;
  /** Events per second from one address, and for one key; Infinity: no limit. */
  addressLimit?: number | undefined;
  keyLimit?: number | undefined;
  /** Milliseconds in which a request must have arrived as a whole. */
  requestTimeout?: number | undefined;
  /** Milliseconds that open requests get at the end. */
  drainLimit?: number | undefined;
  insert(events: readonly Event[]): Inserted;
  /** What the maintainers say at the time of the call. */
  messages?: PublishedMessages | undefined;
  /** Whether reports can be stored; never rejects. */
  health?: (() => Promise<Health>) | undefined;
  /** Adds metrics of what runs beside receiving. */
  registerMetrics?: ((registry: Registry) => void) | undefined;
  /** A line for the operator. */
  log(line: string): void;
  /** Milliseconds UTC; a parameter so that tests can move it. */
  clock?: (() => number) | undefined;
}

export interface Ingest extends Pick<Listener, 'replaceCertificate'> {
  address: AddressInfo;
  metrics: Metrics;
  /** Stops listening, lets every request that has begun end, commits. Resolves when all is on the disk. */
  drain(): Promise<void>;
}

/** Resolves when connections are accepted; rejects with Node's error if the address can't be had. */
export async function startIngest(options: IngestOptions): Promise<Ingest> {
  const { trustProxy = false, apiKeys = [], requestTimeout = 10_000, drainLimit = 10_000, log } = options;
  let listener: Listener | undefined;
  let draining = false;
  const connections = () => listener?.connections() ?? 0;
  const metrics = createMetrics(connections, options.messages?.validUntil, options.registerMetrics);
  const committer = new Committer({
    insert: options.insert,
    connections,
    onCommit: metrics.committed,
    onFailure: (error) => log(`the store failed: ${messageOf(error)}`),
  });
  const monotonic = () => performance.now();
  const onRequest = requestHandler({
    committer,
    metrics,
    trustProxy,
    clock: options.clock ?? Date.now,
    acceptsKey: apiKeys.length === 0 ? () => true : (key) => apiKeys.includes(key),
    addressAllowance: rateLimit(options.addressLimit ?? 100, monotonic),
    keyAllowance: rateLimit(options.keyLimit ?? 50_000, monotonic),
    messages: options.messages ?? (() => undefined),
    health: options.health,
    isDraining: () => draining,
    onBug: (error) => log(`a bug, please report it: ${error instanceof Error ? error.stack : error}`),
  });
  const { host, port, tls } = options;
  listener = await openListener({
    ...{ host, port, tls, requestTimeout, onRequest },
    onRefused(reason) {
      metrics.refused(reason);
      metrics.answered(REFUSALS[reason].status);
    },
  });
  const { address, replaceCertificate, close } = listener;
  return {
    address,
    metrics,
    replaceCertificate,
    async drain() {
      draining = true;
      await close(drainLimit);
      committer.flush();
    },
  };
}
