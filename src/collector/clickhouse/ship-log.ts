/** Ships a receiver's log: in order, from its mark, which moves when ClickHouse has confirmed. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../errors.ts';
import type { NumberedEvent } from '../store/event.ts';
import type { Store } from '../store/store.ts';
import type { ClickHouseAddress } from './address.ts';
import { type ClickHouse, connect } from './cluster.ts';
import { forgetLocally, forgottenUsers, isForgotten } from './forgotten.ts';
import { type Lease, takeLease } from './lease.ts';
import { checkSchema } from './manage-schema.ts';
import { fingerprint, markFile, readMark, startAt, writeMark } from './mark.ts';
import { newestNumber } from './newest-number.ts';
import { receiverOf } from './receiver.ts';
import { ClickHouseError, type ClickHouseServer, type ConnectionOptions } from './server.ts';
import { ship } from './shipper.ts';

/** Rows in a batch, at most: more of them make fewer parts on the server, and a few bytes in memory each. */
const BATCH = 100_000;
/** A batch that isn't full is sent this often, in milliseconds. */
const EVERY = 5_000;
/** After a failure it waits so long, then twice as long, up to the second number, in milliseconds. */
const RETRY = [500, 30_000] as const;
/** How often the lease is renewed and the list of forgotten users read again, in milliseconds. */
const RENEW = 10_000;

/** What shipping has done. */
export interface Shipped {
  /** Number of the last event that is in ClickHouse. */
  number: number;
  /** Events that wait to be shipped. */
  waiting: number;
  /** When the first of them was received, in milliseconds UTC; null if none waits. */
  waitingSince: number | null;
  /** Events sent by this run. */
  events: number;
  batches: number;
  retries: number;
  /** Null if the last batch went well. */
  lastError: string | null;
}

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
  const state: Shipped = {
    ...{ number: startAt(mark, options.store), waiting: 0, waitingSince: null, events: 0 },
    ...{ batches: 0, retries: 0, lastError: null },
  };
  const run = randomBytes(8).toString('hex');
  let lastRun = mark.run;
  for (let delay: number = RETRY[0]; ; delay = Math.min(2 * delay, RETRY[1])) {
    try {
      await shipWhileItWorks({ ...options, file, run, lastRun, state, onBegun: () => (lastRun = run) });
      return state;
    } catch (error) {
      const mayPass = error instanceof ClickHouseError && !error.isLasting;
      if (options.signal.aborted) return state;
      if (!options.follow || !mayPass) throw error;
      state.retries += 1;
      state.lastError = messageOf(error);
      tell(state, options.store, options.onChange);
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
  onBegun(): void;
}

async function shipWhileItWorks(run: Run): Promise<void> {
  const clickHouse = await connect(run.address, run);
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
  let renewed = Number.NEGATIVE_INFINITY;
  let forgottenHere = 0;
  let forgotten = new Map<string, number>() as Awaited<ReturnType<typeof forgottenUsers>>;
  while (!signal.aborted) {
    if (performance.now() - renewed > RENEW) {
      await lease.renew(state.number);
      forgotten = await forgottenUsers(clickHouse);
      renewed = performance.now();
    }
    const events = store.eventsSince(state.number, BATCH);
    const last = events.at(-1);
    if (last)
      await shipBatch(
        run,
        clickHouse,
        receiver,
        last,
        events.filter((event) => !isForgotten(forgotten, event)),
      );
    if (events.length === BATCH) continue;
    // Only now: what they have reported since has to be shipped before it goes.
    if (forgotten.size > forgottenHere) forgetLocally(store, forgotten);
    forgottenHere = forgotten.size;
    if (!follow) return;
    if (!last) tell(state, store, run.onChange);
    await sleep(EVERY, undefined, { signal }).catch(() => {});
  }
}

async function shipBatch(
  { store, state, file, run, onChange }: Run,
  clickHouse: ClickHouse,
  receiver: string,
  last: NumberedEvent,
  events: readonly NumberedEvent[],
): Promise<void> {
  const sent = events.map((event) => ({ ...event, uuid: Buffer.from(store.uuidOf(event)).toString('hex') }));
  await ship(clickHouse, receiver, sent);
  writeMark(file, { number: last.number, event: fingerprint(last), run });
  Object.assign(state, { number: last.number, lastError: null });
  state.events += sent.length;
  state.batches += 1;
  tell(state, store, onChange);
}

function tell(state: Shipped, store: ShipOptions['store'], onChange: ShipOptions['onChange']): void {
  const [next] = store.eventsSince(state.number, 1);
  state.waiting = next === undefined ? 0 : newestNumber(store) - next.number + 1;
  state.waitingSince = next?.receivedAt ?? null;
  onChange(state);
}
