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

function logIn(url: string, token = TOKEN): Promise<Response> {
  return fetch(`${url}/login`, { method: 'POST', body: new URLSearchParams({ token }), redirect: 'manual' });
}

async function get(url: string, path: string): Promise<Response> {
  const cookie = ((await logIn(url)).headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return fetch(url + path, { headers: { cookie }, redirect: 'manual' });
}

test.each(['/', '/csv/totals.csv', '/anything'])('%s without a session leads to the login', async (path) => {
  const answer = await fetch((await start()) + path, { redirect: 'manual' });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/login']);
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
    /^wasp_page=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  );
  expect(attributes).not.toContain(TOKEN);
});

test('after ten wrong tokens nobody gets in for a minute', async () => {
  let time = DEMO_NOW;
  const url = await start({ now: () => time });
  for (let attempt = 0; attempt < 10; attempt += 1) expect((await logIn(url, 'wrong')).status).toBe(401);
  expect((await logIn(url)).status).toBe(429);
  time += 60_001;
  expect((await logIn(url)).status).toBe(303);
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
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

test('what strangers send is shown as text', async () => {
  const url = await start({
    calculate: async (question) => {
      const report = await calculate(question);
      for (const version of report.figures.versions ?? []) version.version = '<script>alert(1)</script>';
      return report;
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
  expect(lines[0]).toBe('day,≤ 1 day,≤ 7 days,≤ 30 days,> 30 days,all');
  expect(lines.slice(1).map((line) => line.slice(0, 10))).toEqual(['2026-11-20', '2026-11-21']);
});

test('a figure that doesn’t exist is not found, and figures can’t be posted to', async () => {
  const url = await start();
  expect((await get(url, '/csv/nothing.csv')).status).toBe(404);
  expect((await get(url, '/nothing')).status).toBe(404);
  const cookie = ((await logIn(url)).headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  expect((await fetch(url, { method: 'POST', headers: { cookie } })).status).toBe(405);
});

test('when nothing could be calculated, the page says why', async () => {
  const url = await start({ calculate: async () => Promise.reject(new Error('There is no time zone "x".')) });
  const answer = await get(url, '/?timezone=x');
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain('There is no time zone &quot;x&quot;.');
});

test('nonsense in the address is read as the usual question', async () => {
  const asked: Question[] = [];
  const url = await start({
    calculate: (question) => {
      asked.push(question);
      return calculate(question);
    },
  });
  await get(url, '/?period=century&last=-3&env=moon');
  await get(url, '/?period=day&last=100000');
  expect(asked).toEqual([
    { unit: 'week', count: 12, environment: 'local', timeZone: 'UTC' },
    { unit: 'day', count: 366, environment: 'local', timeZone: 'UTC' },
  ]);
});
