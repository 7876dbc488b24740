import type { IncomingMessage } from 'node:http';
import { loginFor, safeNext } from './next.ts';
import { readForm } from './read-form.ts';
import { renderLogin } from './render-document.ts';
import { page, type Reply, redirect } from './respond.ts';
import type { Sessions } from './session.ts';

interface Door {
  sessions: Sessions;
  /** Whom wrong tokens are counted by. */
  addressOf(request: IncomingMessage): string;
}

/** A posted login form; where it leads is what the form says, if that is on this page. */
export async function logIn({ sessions, addressOf }: Door, request: IncomingMessage): Promise<Reply> {
  const form = await readForm(request);
  if (!form) return page(413, renderLogin('/', 'That is no token.'));
  const next = safeNext(form.get('next'));
  const cookie = sessions.open(form.get('token')?.trim() ?? '', addressOf(request));
  if (cookie === 'wait') {
    return page(429, renderLogin(next, 'Too many wrong tokens. Wait a minute.'), { 'Retry-After': '60' });
  }
  if (!cookie) return page(401, renderLogin(next, 'That is not the token.'));
  return redirect(next, { 'Set-Cookie': cookie });
}

/** The empty form, or the way on where there is a session already. */
export function showLogin(sessions: Sessions, cookie: string | undefined, query: URLSearchParams): Reply {
  const next = safeNext(query.get('next'));
  return sessions.isOpen(cookie) ? redirect(next) : page(200, renderLogin(next));
}

/** To the login and back, for whatever a reader wanted to see. */
export function askToLogIn({ pathname, search }: URL): Reply {
  return redirect(loginFor(pathname + search));
}
