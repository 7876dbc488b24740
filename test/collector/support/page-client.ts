import type { Page, PageOptions } from '../../../src/collector/page/listener.ts';
import { startDemoPage, TOKEN } from './demo-page.ts';

/** A page on loopback, and a reader who has logged in. */
export interface Client {
  url: string;
  cookie: string;
  /** Follows no redirect. */
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Posts a form. */
  post(path: string, form?: Record<string, string>, headers?: Record<string, string>): Promise<Response>;
}

let pages: Page[] = [];

/** To be called once in a file of tests: closes the pages after each. */
export function closePages(): void {
  afterEach(async () => {
    await Promise.all(pages.map((page) => page.close()));
    pages = [];
  });
}

/** Starts a page and logs in. */
export async function openPage(
  options: Pick<PageOptions, 'calculate'> & Partial<PageOptions>,
): Promise<Client> {
  const page = await startDemoPage(options);
  pages.push(page);
  const url = `http://127.0.0.1:${page.address.port}`;
  const login = await fetch(`${url}/login`, {
    method: 'POST',
    body: new URLSearchParams({ token: TOKEN }),
    redirect: 'manual',
  });
  const cookie = (login.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return {
    url,
    cookie,
    get: (path, headers = {}) => fetch(url + path, { headers: { cookie, ...headers }, redirect: 'manual' }),
    post: (path, form = {}, headers = {}) =>
      fetch(url + path, {
        method: 'POST',
        body: new URLSearchParams(form),
        headers: { cookie, ...headers },
        redirect: 'manual',
      }),
  };
}
