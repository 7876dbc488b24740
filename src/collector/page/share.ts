import type { IncomingMessage } from 'node:http';
import { readForm } from './read-form.ts';
import { renderProblem } from './render-document.ts';
import { renderShares } from './render-shares.ts';
import { page, type Reply, redirect } from './respond.ts';
import type { ShareLinks } from './share-links.ts';

const SHARED = /^\/shared\/([\w-]{1,64})(\/.*)?$/;

/** `/shared/SECRET/csv/…` → the prefix, its secret, and the path behind it; undefined for any other path. */
export function sharedPath(pathname: string): { base: string; secret: string; rest: string } | undefined {
  const [, secret, rest = ''] = SHARED.exec(pathname) ?? [];
  return secret === undefined ? undefined : { base: `/shared/${secret}`, secret, rest };
}

/** The list of links, and the forms to make and revoke them; for who has logged in. */
export async function manageShares(
  links: ShareLinks,
  request: IncomingMessage,
  { pathname }: URL,
  secure: boolean,
): Promise<Reply> {
  if (request.method !== 'POST') return page(200, renderShares(links.list()));
  const form = await readForm(request);
  if (!form) return page(413, renderProblem('That form is too long.'));
  if (pathname === '/shares/revoke') {
    links.revoke(form.get('id') ?? '');
    return redirect('/shares');
  }
  const secret = links.add(form.get('name') ?? '');
  if (!secret) return page(409, renderProblem('There are 50 links already. Revoke one first.'));
  const origin = `${secure ? 'https' : 'http'}://${request.headers.host ?? ''}`;
  return page(201, renderShares(links.list(), `${origin}/shared/${secret}/`), {
    'Cache-Control': 'no-store',
  });
}
