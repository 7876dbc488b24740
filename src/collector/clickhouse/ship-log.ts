/** Ships a receiver's log: in order, from its mark, which moves when ClickHouse has confirmed. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NumberedEvent } from '../store/event.ts';
import type { Store } from '../store/store.ts';
import type { ClickHouseAddress } from './address.ts';
import { type Batch, batchAfter } from './batch.ts';
import { type ClickHouse, connect } from './cluster.ts';
import { forgottenHere } from './forget-here.ts';
import { type Lease, takeLease } from './lease.ts';
import { checkSchema } from './manage-schema.ts';
import { markFile, movedMark, readMark, startAt, writeMark } from './mark.ts';
import { receiverOf } from './receiver.ts';
import { ClickHouseError, type ClickHouseServer, type ConnectionOptions } from './server.ts';
import { nothingShipped, type Shipped, shippingError, waitingAfter } from './shipped.ts';
import { ship } from './shipper.ts';

/** Rows in a batch, at most: more of them make fewer parts on the server, and a few bytes in memory each. */
const BATCH = 100_000;
/** A batch that isn't full is sent this often, in milliseconds. */
const EVERY = 5_000;
/** After a failure it waits so long, then twice as long, up to the second number, in milliseconds. */
const RETRY = [500, 30_000] as const;
/** After it was told to end, what is under way has so long, in milliseconds. A batch that is cut is sent again. */
const GRACE = 5_000;
/** How often the lease is renewed and the list of forgotten users read again, in milliseconds. */
const RENEW = 10_000;

export interface ShipOptions extends ConnectionOptions {
  dataDir: string;
  store: Pick<Store, 'eventsSince' | 'uuidOf' | 'forget'>;
  address: ClickHouseAddress;
  /** Goes on when everything is shipped, and doesn't give up when ClickHouse is away. */
  follow: boolean;
  signal: AbortSignal;
  /** Called after each batch, each failure, and each look that found nothing to ship. */
  onChange(state: Readonly<Shipped>): void;
}

/**
 * @throws OperatorError if ClickHouse can't be asked or refuses, another run ships as this receiver, or, unless it
 * follows, a batch fails
 */
export async function shipLog(options: ShipOptions): Promise<Shipped> {
  const file = markFile(options.dataDir, options.address);
  const mark = readMark(file);
  const state = nothingShipped(startAt(mark, options.store));
  const run = randomBytes(8).toString('hex');
  const cut = new AbortController();
  options.signal.addEventListener('abort', () => setTimeout(() => cut.abort(), GRACE).unref());
  let lastRun = mark.run;
  for (let [delay, batches] = [RETRY[0] as number, 0]; ; delay = Math.min(2 * delay, RETRY[1])) {
    try {
      const onBegun = () => {
        lastRun = run;
      };
      await shipWhileItWorks({ ...options, file, run, lastRun, state, onBegun, cut: cut.signal });
      return state;
    } catch (error) {
      const mayPass = error instanceof ClickHouseError && !error.isLasting;
      if (options.signal.aborted) return state;
      state.lastError = shippingError(error);
      const goesOn = options.follow && mayPass;
      if (goesOn) state.retries += 1;
      tell(state, options.store, options.onChange);
      if (!goesOn) throw error;
      if (state.batches > batches) delay = RETRY[0];
      batches = state.batches;
      await sleep(delay, undefined, { signal: options.signal }).catch(() => {});
      if (options.signal.aborted) return state;
    }
  }
}

interface Run extends ShipOptions {
  file: string;
  run: string;
  lastRun: string;
  state: Shipped;
  /** Ends what is still under way. */
  cut: AbortSignal;
  onBegun(): void;
}

async function shipWhileItWorks(run: Run): Promise<void> {
  const clickHouse = await connect(run.address, { ca: run.ca, signal: run.cut });
  try {
    await checkSchema(clickHouse);
    const receiver = receiverOf(run.store);
    const lease = await takeLease(clickHouse.shards[0] as ClickHouseServer, receiver, run.run, run.lastRun);
    run.onBegun();
    writeMark(run.file, { ...readMark(run.file), run: run.run });
    await shipBatches(run, clickHouse, receiver, lease);
    await lease.release(run.state.number);
  } finally {
    await clickHouse.close();
  }
}

async function shipBatches(run: Run, clickHouse: ClickHouse, receiver: string, lease: Lease): Promise<void> {
  const { store, state, follow, signal } = run;
  const forgotten = forgottenHere(store, clickHouse);
  const source = { store, receiver, shards: clickHouse.shards.length, size: BATCH, isLeftOut: forgotten.has };
  let renewed = Number.NEGATIVE_INFINITY;
  let next: Promise<Batch> | undefined;
  while (!signal.aborted) {
    if (performance.now() - renewed > RENEW) {
      await lease.renew(state.number);
      await forgotten.update();
      renewed = performance.now();
    }
    const batch = await (next ?? batchAfter(state.number, source));
    const confirmed = shipBatch(run, clickHouse, batch);
    // Read while that one is on its way: the two take about as long.
    next = batch.isFull ? batchAfter((batch.last as NumberedEvent).number, source) : undefined;
    next?.catch(() => {});
    await confirmed;
    if (next) continue;
    // Only now: what they have reported since has to be shipped before it goes.
    await forgotten.remove();
    if (!follow) return;
    if (!batch.last) tell(state, store, run.onChange);
    await sleep(EVERY, undefined, { signal }).catch(() => {});
  }
}

async function shipBatch(
  { store, state, file, run, onChange }: Run,
  clickHouse: ClickHouse,
  { last, count, lines }: Batch,
): Promise<void> {
  if (!last) return;
  await ship(clickHouse, { lines });
  writeMark(file, movedMark(readMark(file), last, run));
  Object.assign(state, { number: last.number, lastError: null });
  state.events += count;
  state.batches += 1;
  tell(state, store, onChange);
}

function tell(state: Shipped, store: ShipOptions['store'], onChange: ShipOptions['onChange']): void {
  onChange(Object.assign(state, waitingAfter(state.number, store)));
}
