import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { isSea } from 'node:sea';
import { Gauge, type Registry } from 'prom-client';
import type { Shipped } from '../../clickhouse/ship-log.ts';

/** After it has ended by itself, as after a wrong password, it is started again so much later, in milliseconds. */
const AGAIN = 30_000;

/** Shipping to ClickHouse beside receiving. */
export interface Shipping {
  /** What it said last; undefined before it has said anything. */
  state(): Shipped | undefined;
  /** Number of the last event that is in ClickHouse, as far as is known. */
  upTo(): number;
  /** Its metrics: how much waits since when, and how it goes. */
  register(registry: Registry): void;
  stop(): Promise<void>;
}

/** Ships in a process of its own, so that receiving is as fast as without. `log` hears of what begins to fail, once. */
export function keepShipping(
  dataDir: string,
  to: string,
  ca: string | undefined,
  log: (line: string) => void,
): Shipping {
  let child: ChildProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  let state: Shipped | undefined;
  let told: string | null = null;
  let isStopping = false;

  function tell(error: string | null): void {
    if (error !== null && error !== told) log(`shipping waits: ${error}`);
    if (error === null && told !== null) log('shipping goes on');
    told = error;
  }

  function start(): void {
    const script = isSea() ? [] : [process.argv[1] as string];
    const options = [
      '--data',
      dataDir,
      '--to',
      to,
      '--follow',
      '--state',
      ...(ca === undefined ? [] : ['--ca', ca]),
    ];
    child = spawn(process.execPath, [...script, 'ship', ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
    let reason = '';
    child.stderr?.on('data', (piece) => {
      reason = `${reason}${piece}`.slice(-2000);
    });
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      state = JSON.parse(line) as Shipped;
      tell(state.lastError);
    });
    child.once('close', () => {
      child = undefined;
      if (isStopping) return;
      tell(reason.replace(/^wasp-collector: /, '').trim() || 'its process has ended');
      timer = setTimeout(start, AGAIN);
    });
  }

  start();
  return {
    state: () => state,
    upTo: () => state?.number ?? 0,
    register: (registry) => registerShipping(registry, () => state),
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

/** Seconds for which the report that waits longest has waited; 0 if none waits. */
export function lagOf(state: Shipped, now = Date.now()): number {
  return state.waitingSince === null ? 0 : Math.max(0, (now - state.waitingSince) / 1000);
}

function registerShipping(registry: Registry, state: () => Shipped | undefined): void {
  const gauge = (name: string, help: string, value: (shipped: Shipped) => number) =>
    new Gauge({
      name: `wasp_collector_shipping_${name}`,
      help,
      registers: [registry],
      collect() {
        const shipped = state();
        if (shipped) this.set(value(shipped));
        else this.remove();
      },
    });
  gauge('waiting_events', 'Events that are not in ClickHouse yet', ({ waiting }) => waiting);
  gauge('lag_seconds', 'How long the first of them has waited', (shipped) => lagOf(shipped));
  gauge('batches', 'Batches that ClickHouse has confirmed since the start', ({ batches }) => batches);
  gauge('retries', 'Batches that failed since the start', ({ retries }) => retries);
  gauge('failing', '1 if the last batch failed', ({ lastError }) => (lastError === null ? 0 : 1));
}
