import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { parseCookie, stringifySetCookie } from 'cookie';
import QuickLRU from 'quick-lru';
import { loginAttempts } from './login-attempts.ts';

const COOKIE = 'wasp_page';
/** Seconds. */
const MONTH = 30 * 24 * 3600;
/** Sessions that are open at a time; the one that was used longest ago ends first. */
const MOST = 1000;

/** What the login token opens. Sessions are in memory only: a restart ends all of them. */
export interface Sessions {
  /** Whether this `Cookie` header belongs to a browser that has logged in within the month, and not out since. */
  isOpen(cookieHeader: string | undefined): boolean;
  /**
   * The `Set-Cookie` header for the right token, undefined for a wrong one, `wait` after too many wrong ones from
   * this address.
   */
  open(token: string, address: string): string | 'wait' | undefined;
  /** Ends the session of this `Cookie` header, wherever it has been copied to; the `Set-Cookie` header that removes it. */
  close(cookieHeader: string | undefined): string;
}

/** `now` in milliseconds UTC. `secure`: the cookie travels over HTTPS only. */
export function sessions(token: string, { secure, now }: { secure: boolean; now: () => number }): Sessions {
  const attributes = { httpOnly: true, sameSite: 'lax', secure, path: '/' } as const;
  const attempts = loginAttempts(now);
  /** By the cookie's digest: how long a look-up takes then says nothing about the cookies that there are. */
  const ends = new QuickLRU<string, number>({ maxSize: MOST });
  const keyOf = (header: string | undefined): string =>
    digest('session', parseCookie(header ?? '')[COOKIE] ?? '').toString('base64');

  function opened(): string {
    const value = randomBytes(32).toString('base64url');
    ends.set(digest('session', value).toString('base64'), now() + MONTH * 1000);
    return stringifySetCookie({ name: COOKIE, value, maxAge: MONTH, ...attributes });
  }

  return {
    isOpen: (header) => now() < (ends.get(keyOf(header)) ?? 0),
    open(candidate, address) {
      if (!attempts.mayTry(address)) return 'wait';
      if (isSame(candidate, token)) return opened();
      attempts.failed(address);
      return undefined;
    },
    close(header) {
      ends.delete(keyOf(header));
      return stringifySetCookie({ name: COOKIE, value: '', maxAge: 0, ...attributes });
    },
  };
}

/** Takes as long for a near miss as for a far one, whatever the lengths. */
function isSame(one: string, other: string): boolean {
  return timingSafeEqual(digest('compare', one), digest('compare', other));
}

function digest(key: string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
