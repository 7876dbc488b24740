import QuickLRU from 'quick-lru';

/** Wrong tokens that are looked at per minute, from one address. */
const ATTEMPTS = 10;
const MINUTE = 60_000;
/** Addresses that are remembered at a time. */
const ADDRESSES = 10_000;

/** Wrong tokens, counted by address, so that guesses from one address lock out no other. */
export interface LoginAttempts {
  /** False while this address has to wait. */
  mayTry(address: string): boolean;
  failed(address: string): void;
}

/** `now` in milliseconds. */
export function loginAttempts(now: () => number): LoginAttempts {
  const failures = new QuickLRU<string, number[]>({ maxSize: ADDRESSES });
  const recent = (address: string): number[] =>
    // Also after the clock was set back.
    (failures.get(address) ?? []).filter((time) => Math.abs(now() - time) < MINUTE);
  return {
    mayTry: (address) => recent(address).length < ATTEMPTS,
    failed: (address) => void failures.set(address, [...recent(address), now()]),
  };
}
