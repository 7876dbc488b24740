import QuickLRU from 'quick-lru';

/** Senders that are remembered at a time. A sender that is pushed out starts with a full allowance again. */
const SENDERS = 50_000;

interface Bucket {
  tokens: number;
  /** Milliseconds. */
  at: number;
}

/**
 * An allowance per sender, in memory only: `perSecond` on average, ten seconds' worth at once.
 * `now` is a monotonic clock in milliseconds, so that a changed system time neither opens nor shuts the gate.
 * Infinity as `perSecond` means no limit.
 */
export function rateLimit(perSecond: number, now: () => number): (sender: string, cost?: number) => boolean {
  if (perSecond === Number.POSITIVE_INFINITY) return () => true;
  const burst = perSecond * 10;
  const buckets = new QuickLRU<string, Bucket>({ maxSize: SENDERS });
  return (sender, cost = 1) => {
    const at = now();
    const bucket = buckets.get(sender) ?? { tokens: burst, at };
    bucket.tokens = Math.min(burst, bucket.tokens + ((at - bucket.at) / 1000) * perSecond);
    bucket.at = at;
    buckets.set(sender, bucket);
    if (bucket.tokens < cost) return false;
    bucket.tokens -= cost;
    return true;
  };
}
