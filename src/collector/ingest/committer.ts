/**
 * Group commit: events of requests that arrive together share one transaction, so that one wait for the disk
 * acknowledges many. A group is complete when every open connection is in it, which a lone report is at once; idle
 * connections make it wait for a few milliseconds. No sender is told "stored" before the commit has returned.
 */
import type { Event } from '../store/event.ts';
import { isBusy, isDiskFull } from '../store/sqlite-error.ts';
import type { Inserted } from '../store/store.ts';
import type { Refusal } from './refusal.ts';

/** What became of a request's events, all of them alike. */
export type Outcome = 'stored' | Extract<Refusal, 'overloaded' | 'disk_full' | 'store_busy' | 'store_failed'>;

export interface CommitterOptions {
  /** Stores all or throws. */
  insert(events: readonly Event[]): Inserted;
  /** A commit that succeeded; `seconds` is its duration. */
  onCommit(inserted: Inserted, seconds: number): void;
  /** A commit that failed for another reason than a full disk or a lock: an operator should look. */
  onFailure(error: unknown): void;
  /** Connections that are open, each of which might send one more request for the group. */
  connections(): number;
  /** Milliseconds that the first event of a group waits for more, at most. */
  delay?: number;
  /** Milliseconds for which a lock held by another process (import, forget) is waited for. */
  patience?: number;
}

/** Events in one transaction. More would make the others wait for no gain. */
const GROUP_LIMIT = 1000;
/** Events that may wait; beyond it the disk is too slow for what comes in, and memory is not the place to queue. */
const QUEUE_LIMIT = 20_000;
/** Milliseconds between attempts while another process holds the lock. */
const BUSY_PAUSE = 5;

interface Waiting {
  events: readonly Event[];
  done(outcome: Outcome): void;
}

export class Committer {
  readonly #options: Required<CommitterOptions>;
  readonly #queue: Waiting[] = [];
  #queued = 0;
  #timer: NodeJS.Timeout | undefined;
  #busySince: number | undefined;

  constructor(options: CommitterOptions) {
    this.#options = { delay: 4, patience: 5000, ...options };
  }

  /** Calls back exactly once, after the commit or its failure. */
  submit(events: readonly Event[], done: (outcome: Outcome) => void): void {
    if (this.#queued + events.length > QUEUE_LIMIT) {
      done('overloaded');
      return;
    }
    this.#queue.push({ events, done });
    this.#queued += events.length;
    if (this.#isComplete() && this.#busySince === undefined) this.#commit();
    else this.#timer ??= setTimeout(() => this.#commit(), this.#options.delay);
  }

  /** Commits what waits, now; for the end of the process. What then can't be stored is refused. */
  flush(): void {
    while (this.#queue.length > 0) {
      this.#busySince = Number.NEGATIVE_INFINITY;
      this.#commit();
    }
  }

  #isComplete(): boolean {
    return this.#queue.length >= this.#options.connections() || this.#queued >= GROUP_LIMIT;
  }

  #commit(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const group = this.#takeGroup();
    const events =
      group.length === 1 ? (group[0] as Waiting).events : group.flatMap((waiting) => waiting.events);
    const start = performance.now();
    let outcome: Outcome = 'stored';
    try {
      const inserted = this.#options.insert(events);
      this.#options.onCommit(inserted, (performance.now() - start) / 1000);
      this.#busySince = undefined;
    } catch (error) {
      if (isBusy(error) && this.#mayWait(start)) {
        this.#putBack(group);
        return;
      }
      outcome = this.#outcomeOf(error);
      this.#busySince = undefined;
    }
    for (const { done } of group) done(outcome);
    if (this.#queue.length > 0) this.#timer ??= setTimeout(() => this.#commit(), 0);
  }

  #takeGroup(): Waiting[] {
    let events = 0;
    let length = 0;
    while (length < this.#queue.length && events < GROUP_LIMIT) {
      events += this.#queue[length]?.events.length ?? 0;
      length += 1;
    }
    this.#queued -= events;
    return this.#queue.splice(0, length);
  }

  #putBack(group: Waiting[]): void {
    this.#queue.unshift(...group);
    for (const { events } of group) this.#queued += events.length;
    this.#timer = setTimeout(() => this.#commit(), BUSY_PAUSE);
  }

  #mayWait(now: number): boolean {
    this.#busySince ??= now;
    return now - this.#busySince < this.#options.patience;
  }

  #outcomeOf(error: unknown): Outcome {
    if (isDiskFull(error)) return 'disk_full';
    if (isBusy(error)) return 'store_busy';
    this.#options.onFailure(error);
    return 'store_failed';
  }
}
