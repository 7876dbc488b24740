import { parseTime } from '../host/time.ts';

/** Is it over with a message, or with a whole document? An expiry that can't be understood has passed. */
export function isExpired({ expiresAt }: { readonly expiresAt?: string }, now: number): boolean {
  return expiresAt !== undefined && (parseTime(expiresAt) ?? 0) <= now;
}
