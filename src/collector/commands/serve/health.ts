/** Whether this server can store, found out by doing so. */
import { statfsSync, statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Shipped } from '../../clickhouse/shipped.ts';
import { databasePath } from '../../data-directory.ts';
import type { Health } from '../../ingest/health.ts';
import { isBusy, isDiskFull } from '../../store/sqlite-error.ts';
import type { Store } from '../../store/store.ts';
import { clockDoubt } from './clock-doubt.ts';
import { lagOf } from './keep-shipping.ts';
import type { Failure } from './watched-insert.ts';

export interface HealthOptions {
  dataDir: string;
  store: Pick<Store, 'state' | 'probe' | 'isInPlace'>;
  /** What a check of the files has found, if anything. */
  damage(): string | undefined;
  /** Why the latest commit of a report failed, if it did. */
  failure(): Failure | undefined;
  /** How shipping to ClickHouse goes, if there is any. */
  shipping?: (() => Shipped | undefined) | undefined;
  /** Milliseconds UTC. */
  now?: () => number;
}

/** Milliseconds for which an answer holds: asking costs a commit, and strangers may ask. */
const FRESH_FOR = 1000;
/** Milliseconds for which a lock of another process is waited for, as a report's commit does. */
const PATIENCE = 5000;
const BUSY_PAUSE = 50;

/** Bytes. Below the first a commit fails; the second is some days of reports. */
const FULL = 256 * 1024;
const NEARLY_FULL = 100 * 2 ** 20;
/** Bytes of write-ahead log, which is copied back at 64 MiB at the latest unless something prevents it. */
const LOG_TOO_LONG = 256 * 2 ** 20;
/** Milliseconds; the rollups are brought up to date every ten minutes. */
const ROLLUPS_LATE = 3600_000;
/** Seconds that a report may wait to be shipped; it is safe here, so that this is no problem, but worth a look. */
const SHIPPING_LATE = 3600;

/** Returns the function that `/health` asks. It never rejects. */
export function healthOf(options: HealthOptions): () => Promise<Health> {
  const { now = Date.now } = options;
  let answer: Promise<Health> | undefined;
  let answeredAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (answer === undefined || performance.now() - answeredAt > FRESH_FOR) {
      answeredAt = performance.now();
      answer = lookAt(options, now);
    }
    return answer;
  };
}

async function lookAt(
  { dataDir, store, damage, failure, shipping }: HealthOptions,
  now: () => number,
): Promise<Health> {
  const health: Health & { facts: Record<string, number | null> } = { problems: [], warnings: [], facts: {} };
  const { problems, warnings, facts } = health;
  const free = attempt(() => statfsSync(dataDir));
  const freeBytes = free === undefined ? undefined : free.bavail * free.bsize;
  facts.disk_free_bytes = freeBytes ?? null;
  if (freeBytes === undefined) problems.push('no_data_directory');
  else if (freeBytes < FULL) problems.push('disk_full');
  else if (freeBytes < NEARLY_FULL) warnings.push('disk_nearly_full');

  const commit = failure() ?? (await probed(store, now));
  if (commit !== undefined && !problems.includes(commit)) problems.push(commit);
  if (damage() !== undefined) problems.push('store_damaged');
  if (freeBytes !== undefined && !store.isInPlace() && commit !== 'store_replaced')
    problems.push('store_replaced');

  const log = attempt(() => statSync(`${databasePath(dataDir)}-wal`))?.size ?? 0;
  facts.log_bytes = log;
  if (log > LOG_TOO_LONG) warnings.push('checkpoints_behind');
  // Nothing but a checkpoint writes to the database file itself.
  const checkpoint = attempt(() => statSync(databasePath(dataDir)))?.mtimeMs;
  facts.checkpoint_age_seconds = seconds(checkpoint, now());
  const state = attempt(() => store.state());
  facts.rollups_behind_events = state?.behind ?? null;
  facts.rollups_behind_seconds = state?.behind === 0 ? 0 : seconds(state?.behindSince, now());
  facts.newest_event_age_seconds = seconds(state?.newestEvent, now());
  if (state?.behindSince !== undefined && now() - state.behindSince > ROLLUPS_LATE)
    warnings.push('rollups_behind');
  const shipped = shipping?.();
  if (shipped) {
    facts.shipping_waiting_events = shipped.waiting;
    facts.shipping_lag_seconds = Math.round(lagOf(shipped, now()));
    if (facts.shipping_lag_seconds > SHIPPING_LATE) warnings.push('shipping_behind');
  }
  const doubt = clockDoubt(state?.newestEvent, now());
  if (doubt) warnings.push(doubt.name);
  return health;
}

/** Undefined, or why a commit is impossible. */
async function probed(store: Pick<Store, 'probe'>, now: () => number): Promise<string | undefined> {
  const end = performance.now() + PATIENCE;
  for (;;) {
    try {
      store.probe(now());
      return undefined;
    } catch (error) {
      if (!isBusy(error)) return isDiskFull(error) ? 'disk_full' : 'store_failed';
      if (performance.now() > end) return 'store_busy';
    }
    await pause(BUSY_PAUSE);
  }
}

function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

function seconds(since: number | undefined, now: number): number | null {
  return since === undefined ? null : Math.round((now - since) / 1000);
}
