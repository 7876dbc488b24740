import { answerOf } from '../../../src/collector/page/answer-of.ts';
import type { Page, PageOptions } from '../../../src/collector/page/listener.ts';
import type { Question } from '../../../src/collector/page/question.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { startDemoPage, TOKEN } from '../support/demo-page.ts';
import { DEMO_NOW, demoReports } from '../support/demo-report.ts';

let calculate: PageOptions['calculate'];
let pages: Page[] = [];

beforeAll(() => {
  calculate = demoReports(temporaryDirectory());
});

afterEach(async () => {
  await Promise.all(pages.map((page) => page.close()));
  pages = [];
});

async function start(overrides: Partial<PageOptions> = {}): Promise<string> {
  const page = await startDemoPage({ calculate, ...overrides });
  pages.push(page);
  return `http://127.0.0.1:${page.address.port}`;
}

function logIn(url: string, token = TOKEN, headers: Record<string, string> = {}): Promise<Response> {
  const body = new URLSearchParams({ token });
  return fetch(`${url}/login`, { method: 'POST', body, headers, redirect: 'manual' });
}

async function cookieOf(url: string): Promise<string> {
  return ((await logIn(url)).headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

async function get(url: string, path: string): Promise<Response> {
  const cookie = await cookieOf(url);
  return fetch(url + path, { headers: { cookie }, redirect: 'manual' });
}

test.each(['/', '/csv/totals.csv', '/anything'])('%s without a session leads to the login', async (path) => {
  const answer = await fetch((await start()) + path, { redirect: 'manual' });
  const login = path === '/' ? '/login' : `/login?next=${encodeURIComponent(path)}`;
  expect([answer.status, answer.headers.get('location')]).toEqual([303, login]);
  expect(await answer.text()).toBe('');
});

test.each(['', 'x', `${TOKEN}x`, TOKEN.slice(1)])('the token %j opens nothing', async (token) => {
  const answer = await logIn(await start(), token);
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([401, null]);
});

test('a made-up cookie opens nothing, and neither does the token in its place', async () => {
  const url = await start();
  for (const value of ['', 'x', TOKEN, encodeURIComponent(TOKEN)]) {
    const answer = await fetch(url, { headers: { cookie: `wasp_page=${value}` }, redirect: 'manual' });
    expect(answer.status).toBe(303);
  }
});

test('the cookie can’t be read by a script, leave for another site, or travel in the clear behind HTTPS', async () => {
  const attributes = (await logIn(await start({ secure: true }))).headers.get('set-cookie');
  expect(attributes).toMatch(
    /^wasp_page=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
  expect(attributes).not.toContain(TOKEN);
});

test('after ten wrong tokens from an address, that address waits for a minute', async () => {
  let time = DEMO_NOW;
  const url = await start({ now: () => time });
  for (let attempt = 0; attempt < 10; attempt += 1) expect((await logIn(url, 'wrong')).status).toBe(401);
  expect((await logIn(url)).status).toBe(429);
  time += 60_001;
  expect((await logIn(url)).status).toBe(303);
});

test('wrong tokens from one address keep nobody else out, through a proxy on this machine too', async () => {
  for (const options of [{ trustProxy: true }, { secure: true }]) {
    const url = await start(options);
    const status = async (token: string, address: string) =>
      (await logIn(url, token, { 'x-forwarded-for': `192.0.2.9, ${address}` })).status;
    for (let attempt = 0; attempt < 10; attempt += 1) expect(await status('wrong', '192.0.2.1')).toBe(401);
    expect([await status(TOKEN, '192.0.2.1'), await status(TOKEN, '192.0.2.2')]).toEqual([429, 303]);
  }
});

test('without a proxy an address can’t be claimed to go on guessing', async () => {
  const url = await start();
  const statuses = new Set<number>();
  for (let attempt = 0; attempt <= 10; attempt += 1) {
    statuses.add((await logIn(url, 'wrong', { 'x-forwarded-for': `192.0.2.${attempt}` })).status);
  }
  expect([...statuses]).toEqual([401, 429]);
});

test('logging out ends the session on the server, and only that one', async () => {
  const url = await start();
  const [one, other] = [await cookieOf(url), await cookieOf(url)];
  expect(one).not.toBe(other);
  const status = async (cookie: string) =>
    (await fetch(`${url}/nothing`, { headers: { cookie }, redirect: 'manual' })).status;
  expect([await status(one), await status(other)]).toEqual([404, 404]);
  await fetch(`${url}/logout`, { method: 'POST', headers: { cookie: one }, redirect: 'manual' });
  expect([await status(one), await status(other)]).toEqual([303, 404]);
});

test('a session ends after 30 days, whatever the browser does', async () => {
  let time = DEMO_NOW;
  const url = await start({ now: () => time });
  const headers = { cookie: await cookieOf(url) };
  const status = async () => (await fetch(`${url}/nothing`, { headers, redirect: 'manual' })).status;
  time += 30 * 24 * 3_600_000 - 1;
  expect(await status()).toBe(404);
  time += 1;
  expect(await status()).toBe(303);
});

test('a login form that is too large is refused', async () => {
  expect((await logIn(await start(), 'x'.repeat(10_000))).status).toBe(413);
});

test('the page shows every figure, its table and how it was calculated, and runs no inline script', async () => {
  const answer = await get(await start(), '/');
  const text = await answer.text();
  expect(answer.status).toBe(200);
  for (const id of [
    'totals',
    'active-users',
    'projects',
    'retention',
    'funnel',
    'deploys',
    'versions',
    'uptake',
    'systems',
    'installs',
  ]) {
    expect(text).toContain(`<table id="${id}-table"`);
    expect(text).toContain(`href="/csv/${id}.csv?`);
  }
  expect(text).toContain('12 complete weeks, 2026-08-24 to 2026-11-16 (exclusive), time zone UTC');
  expect(text).not.toMatch(/<script(?! src="\/page\.js")|<style|style=|\son\w+=|https?:\/\//);
  const policy = answer.headers.get('content-security-policy');
  expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
  expect(answer.headers.get('cache-control')).toBe('private, no-cache');
});

test('what strangers send is shown as text', async () => {
  const url = await start({
    calculate: async (question) => {
      const { report } = await calculate(question);
      for (const version of report.figures.versions?.most ?? [])
        version.version = '<script>alert(1)</script>';
      return answerOf(report, []);
    },
  });
  const text = await (await get(url, `/?timezone=${encodeURIComponent('"><script>')}`)).text();
  expect(text).not.toContain('<script>');
});

test('a CSV holds the asked question’s numbers', async () => {
  const answer = await get(await start(), '/csv/active-users.csv?period=day&last=2&env=all');
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="active-users-per-day.csv"');
  const lines = (await answer.text()).trim().split('\n');
  expect(lines[0]).toBe('day,≤ 1 day,≤ 7 days,≤ 30 days,> 30 days,all,new');
  expect(lines.slice(1).map((line) => line.slice(0, 10))).toEqual(['2026-11-20', '2026-11-21']);
});

test('a figure that doesn’t exist is not found, and figures can’t be posted to', async () => {
  const url = await start();
  expect((await get(url, '/csv/nothing.csv')).status).toBe(404);
  expect((await get(url, '/nothing')).status).toBe(404);
  const cookie = await cookieOf(url);
  expect((await fetch(url, { method: 'POST', headers: { cookie } })).status).toBe(405);
});

test('when nothing could be calculated, the page says why', async () => {
  const url = await start({ calculate: async () => Promise.reject(new Error('The disk is full.')) });
  const answer = await get(url, '/');
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain('The disk is full.');
});

test.each([
  ['period=century', 'There is no period &quot;century&quot;; there are day, week and month.'],
  ['period=Week', 'There is no period &quot;Week&quot;'],
  ['last=0', '&quot;0&quot; weeks can’t be shown; any number from 1 to 104 can.'],
  ['last=-3', '&quot;-3&quot; weeks'],
  ['last=1e1', '&quot;1e1&quot; weeks'],
  ['last=2.5', '&quot;2.5&quot; weeks'],
  ['period=day&last=367', '&quot;367&quot; days can’t be shown; any number from 1 to 366 can.'],
  ['last=99999999999999999999', '&quot;99999999999999999999&quot; weeks'],
  ['env=moon', 'There is no environment &quot;moon&quot;'],
  ['timezone=Mars', 'There is no time zone &quot;Mars&quot;.'],
  ['timezone=%2B05:17', 'There is no time zone'],
  ['timezone=%00', 'There is no time zone'],
])('the question %s is answered by 400 and a sentence, on the page and in files', async (query, sentence) => {
  const url = await start();
  for (const path of ['/', '/csv/totals.csv', '/png/projects.png']) {
    const answer = await get(url, `${path}?${query}`);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(sentence);
  }
});

test('what is left out of a question, or left empty, is as usual; what chat adds to a link is left alone', async () => {
  const asked: Question[] = [];
  const url = await start({
    calculate: (question) => {
      asked.push(question);
      return calculate(question);
    },
  });
  expect((await get(url, '/?period=&last=&env=&timezone=&utm_source=chat')).status).toBe(200);
  expect(asked).toEqual([{ unit: 'week', count: 12, environment: 'local', timeZone: 'UTC' }]);
});

test.each([
  '//',
  '//evil.example/',
  '/%',
  '/%ff',
  '/\\',
  '/..%2f..',
  '/?%',
  '///',
  '//[',
  '/%00',
  '/__proto__',
  '/constructor',
])('the address %s breaks nothing', async (path) => {
  const { port } = new URL(await start());
  const { request } = await import('node:http');
  const status = await new Promise((resolve, reject) => {
    request({ port, path }, ({ statusCode, headers }) => {
      expect(headers.location ?? '/').toMatch(/^\/(?!\/)/);
      resolve(statusCode);
    })
      .on('error', reject)
      .end();
  });
  expect([200, 303, 400, 404]).toContain(status);
});
