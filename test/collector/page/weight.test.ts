import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { PageOptions } from '../../../src/collector/page/listener.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { demoReports } from '../support/demo-report.ts';
import { type Client, closePages, openPage } from '../support/page-client.ts';

let calculate: PageOptions['calculate'];

beforeAll(() => {
  calculate = demoReports(temporaryDirectory());
});
closePages();

/** As it is on the wire: `fetch` unpacks. */
function raw(
  { url, cookie }: Client,
  path: string,
  encoding: string,
): Promise<{ body: Buffer; encoding?: string }> {
  return new Promise((resolve, reject) => {
    const headers = { cookie, 'accept-encoding': encoding };
    request(url + path, { headers }, async (answer) => {
      const { 'content-encoding': used } = answer.headers;
      resolve({ body: await buffer(answer), ...(used !== undefined && { encoding: used }) });
    })
      .on('error', reject)
      .end();
  });
}

test('twelve weeks are at most 60 KB, packed', async () => {
  const client = await openPage({ calculate });
  for (const encoding of ['br', 'gzip']) {
    const { body, encoding: used } = await raw(client, '/', encoding);
    expect(used).toBe(encoding);
    expect(body.length).toBeLessThan(60_000);
  }
});

test('a year of days is less than 300 KB, unpacked, and says where all its rows are', async () => {
  const client = await openPage({ calculate });
  const { body, encoding } = await raw(client, '/?period=day&last=365', 'identity');
  expect(encoding).toBeUndefined();
  expect(body.length).toBeLessThan(300_000);
  expect(String(body)).toContain('All 365 rows');
  const whole = await (await client.get('/table/active-users?period=day&last=365')).text();
  expect(whole.match(/<tr>/g)).toHaveLength(366);
});

test.each([
  ['gzip, deflate, br', 'br'],
  ['gzip', 'gzip'],
  ['br;q=0, gzip;q=0.5', 'gzip'],
  ['GZIP', 'gzip'],
  ['deflate, zstd', undefined],
  ['', undefined],
  ['identity', undefined],
])('who accepts %j gets %s, and the same page', async (accepted, expected) => {
  const client = await openPage({ calculate });
  const { body, encoding } = await raw(client, '/', accepted);
  expect(encoding).toBe(expected);
  const plain =
    encoding === 'br' ? brotliDecompressSync(body) : encoding === 'gzip' ? gunzipSync(body) : body;
  // As text: Jest compares buffers byte by byte, each as an object.
  expect(String(plain)).toBe(String((await raw(client, '/', 'identity')).body));
});

test('what the browser has already isn’t sent again, and what has changed is', async () => {
  const client = await openPage({ calculate });
  for (const path of ['/', '/page.css', '/page.js', '/csv/projects.csv', '/svg/projects.svg']) {
    const tag = (await client.get(path)).headers.get('etag') ?? '';
    const again = await client.get(path, { 'if-none-match': `"other", ${tag}` });
    expect([path, again.status, await again.text()]).toEqual([path, 304, '']);
    const strong = await client.get(path, { 'if-none-match': tag.replace('W/', '') });
    expect(strong.status).toBe(304);
    const other = await client.get(`${path}?last=3`, { 'if-none-match': tag });
    expect([path, other.status]).toEqual([path, path.startsWith('/page') ? 304 : 200]);
  }
});

test('a HEAD is answered like a GET, without the content', async () => {
  const { url, cookie, get } = await openPage({ calculate });
  const head = await fetch(url, { method: 'HEAD', headers: { cookie, 'accept-encoding': 'identity' } });
  expect([head.status, await head.text()]).toEqual([200, '']);
  const length = (await (await get('/', { 'accept-encoding': 'identity' })).arrayBuffer()).byteLength;
  expect(Number(head.headers.get('content-length'))).toBe(length);
});
