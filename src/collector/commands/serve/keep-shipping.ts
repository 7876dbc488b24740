import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { isSea } from 'node:sea';
import { Gauge, type Registry } from 'prom-client';
import { parseAddress } from '../../clickhouse/address.ts';
import { markFile, readMark, startAt } from '../../clickhouse/mark.ts';
import { nothingShipped, type Shipped, type ShippingError, waitingAfter } from '../../clickhouse/shipped.ts';
import type { Store } from '../../store/store.ts';
import { type LastError, registerLastError } from './last-error.ts';

/** After it has ended by itself, as after a wrong password, it is started again so much later, in milliseconds. */
const AGAIN = 30_000;

/** Shipping to ClickHouse beside receiving. */
export interface Shipping {
  /** What it has done, and what waits at this moment, whether the process that ships runs or not. */
  state(): Shipped;
  /** Number of the last event that is in ClickHouse, as far as is known. */
  upTo(): number;
  /** Its metrics: how much waits since when, and how it goes. */
  register(registry: Registry): void;
  stop(): Promise<void>;
}

export interface ShippingOptions {
  dataDir: string;
  store: Pick<Store, 'eventsSince'>;
  /** The address as it was written: the process that ships reads it again. */
  to: string;
  ca: string | undefined;
  log(line: string): void;
}

/** Ships in a process of its own, so that receiving is as fast as without. `log` hears of what begins to fail, once. */
export function keepShipping({ dataDir, store, to, ca, log }: ShippingOptions): Shipping {
  let child: ChildProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  let state = nothingShipped(startAt(readMark(markFile(dataDir, parseAddress(to))), store));
  let told: ShippingError | null = null;
  let last: LastError | undefined;
  let isStopping = false;

  function tell(error: ShippingError | null): void {
    if (error !== null) last = { reason: error.reason, at: Date.now() };
    if (error !== null && error.sentence !== told?.sentence) log(`shipping waits: ${error.sentence}`);
    if (error === null && told !== null) log('shipping goes on');
    told = error;
  }

  function start(): void {
    child = spawnShip(dataDir, to, ca);
    // What an earlier one has failed of says nothing about this one.
    state = { ...state, lastError: null };
    let said = '';
    child.stderr?.on('data', (piece) => {
      said = `${said}${piece}`.slice(-2000);
    });
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      state = JSON.parse(line) as Shipped;
      tell(state.lastError);
    });
    child.once('close', () => {
      child = undefined;
      if (isStopping) return;
      const sentence = said.replace(/^wasp-collector: /, '').trim() || 'its process has ended';
      tell({ sentence, reason: state.lastError?.reason ?? 'process_ended' });
      timer = setTimeout(start, AGAIN);
    });
  }

  const now = () => ({ ...state, ...waitingAfter(state.number, store), lastError: told });

  start();
  return {
    state: now,
    upTo: () => state.number,
    register(registry) {
      registerShipping(registry, now);
      registerLastError(registry, 'shipping', () => last);
    },
    async stop() {
      isStopping = true;
      clearTimeout(timer);
      const ending = child;
      if (!ending) return;
      const closed = new Promise((resolve) => ending.once('close', resolve));
      ending.kill('SIGTERM');
      await closed;
    },
  };
}

function spawnShip(dataDir: string, to: string, ca: string | undefined): ChildProcess {
  const script = isSea() ? [] : [process.argv[1] as string];
  const trust = ca === undefined ? [] : ['--ca', ca];
  const args = [...script, 'ship', '--data', dataDir, '--to', to, '--follow', '--state', ...trust];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Seconds for which the report that waits longest has waited; 0 if none waits. */
export function lagOf(state: Shipped, now = Date.now()): number {
  return state.waitingSince === null ? 0 : Math.max(0, (now - state.waitingSince) / 1000);
}

function registerShipping(registry: Registry, state: () => Shipped): void {
  const gauge = (name: string, help: string, value: (shipped: Shipped) => number) =>
    new Gauge({
      name: `wasp_collector_shipping_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(value(state()));
      },
    });
  gauge('waiting_events', 'Events that are not in ClickHouse yet', ({ waiting }) => waiting);
  gauge('lag_seconds', 'How long the first of them has waited', (shipped) => lagOf(shipped));
  gauge('batches', 'Batches that ClickHouse has confirmed since the start', ({ batches }) => batches);
  gauge('retries', 'Batches that failed since the start', ({ retries }) => retries);
  gauge('failing', '1 if the last batch failed', ({ lastError }) => (lastError === null ? 0 : 1));
}
