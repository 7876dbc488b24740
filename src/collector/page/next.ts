/** Where a reader wanted to go before the login came in between. */

/** Characters. */
const LONGEST = 2000;

/** The login's address that leads to `path` (with its query) afterwards. */
export function loginFor(path: string): string {
  return path === '/' ? '/login' : `/login?${new URLSearchParams({ next: path })}`;
}

/** `given` if it is a path of this page, else the front page: a login must not lead to another site. */
export function safeNext(given: string | null): string {
  if (given === null || given.length > LONGEST || !/^\/(?![/\\])[\x21-\x7e]*$/.test(given)) return '/';
  const { pathname, search, origin } = new URL(given, 'http://page.invalid');
  // Dots and such are resolved first, so that what is checked is where the browser goes.
  const isOurs = origin === 'http://page.invalid' && !pathname.startsWith('//');
  if (!isOurs || /^\/log(?:in|out)$/.test(pathname)) return '/';
  // Where only a form leads, as after a session that ended meanwhile.
  return pathname === '/shares/revoke' ? '/shares' : pathname + search;
}
