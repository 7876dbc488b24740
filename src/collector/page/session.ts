import { createHmac, timingSafeEqual } from 'node:crypto';
import { parseCookie, stringifySetCookie } from 'cookie';

const COOKIE = 'wasp_page';
const MONTH = 30 * 24 * 3600;

/** Wrong tokens that are looked at per minute, from everybody together. */
const ATTEMPTS = 10;
const MINUTE = 60_000;

/** What the login token opens. Nothing is stored: another token, or none, ends all sessions. */
export interface Sessions {
  /** Whether this `Cookie` header belongs to somebody who has logged in. */
  isOpen(cookieHeader: string | undefined): boolean;
  /** The `Set-Cookie` header for the right token, undefined for a wrong one, `wait` after too many wrong ones. */
  open(token: string): string | 'wait' | undefined;
  /** The `Set-Cookie` header that ends a session. */
  close(): string;
}

export function sessions(token: string, { secure, now }: { secure: boolean; now: () => number }): Sessions {
  // The cookie isn't the token, so that a stolen one can't be typed into another browser's login for ever.
  const secret = digest(token, 'session').toString('base64url');
  const attributes = { httpOnly: true, sameSite: 'lax', secure, path: '/' } as const;
  let failures: number[] = [];
  return {
    isOpen: (header) => isSame(parseCookie(header ?? '')[COOKIE] ?? '', secret),
    open(candidate) {
      failures = failures.filter((time) => time > now() - MINUTE);
      if (failures.length >= ATTEMPTS) return 'wait';
      if (isSame(candidate, token)) {
        return stringifySetCookie({ name: COOKIE, value: secret, maxAge: MONTH, ...attributes });
      }
      failures.push(now());
      return undefined;
    },
    close: () => stringifySetCookie({ name: COOKIE, value: '', maxAge: 0, ...attributes }),
  };
}

/** Takes as long for a near miss as for a far one, whatever the lengths. */
function isSame(one: string, other: string): boolean {
  return timingSafeEqual(digest('compare', one), digest('compare', other));
}

function digest(key: string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
