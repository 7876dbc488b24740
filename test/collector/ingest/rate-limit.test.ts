import { readFileSync } from 'node:fs';
import { databasePath } from '../../../src/collector/data-directory.ts';
import { rateLimit } from '../../../src/collector/ingest/rate-limit.ts';
import { ingestServer } from '../support/ingest.ts';
import { report } from '../support/reports.ts';

test('ten seconds’ worth may come at once, and the allowance grows back', () => {
  let now = 0;
  const allowance = rateLimit(2, () => now);
  const allowed = (times: number) =>
    Array.from({ length: times }, () => allowance('a')).filter(Boolean).length;
  expect(allowed(30)).toBe(20);
  now += 1500;
  expect(allowed(30)).toBe(3);
  now += 3_600_000;
  expect(allowed(30)).toBe(20);
});

test('one sender does not use up another’s allowance', () => {
  const allowance = rateLimit(1, () => 0);
  while (allowance('a')) {}
  expect(allowance('b')).toBe(true);
});

test('a cost above what is left is refused and takes nothing', () => {
  const allowance = rateLimit(1, () => 0);
  expect([allowance('a', 11), allowance('a', 10), allowance('a', 1)]).toEqual([false, true, false]);
});

test('an address that sends too much is told to come back, another one is served', async () => {
  const server = await ingestServer({ addressLimit: 0.2, trustProxy: true });
  const status = async (address: string) =>
    (await server.post('/capture', report(), { 'x-forwarded-for': `198.51.100.9, ${address}` })).status;
  expect([await status('192.0.2.1'), await status('192.0.2.1'), await status('192.0.2.1')]).toEqual([
    200, 200, 429,
  ]);
  expect(await status('192.0.2.2')).toBe(200);
  expect(await server.metric('requests_refused_total{reason="address_limit"}')).toBe(1);
});

test('without --trust-proxy nobody gets a new allowance by claiming another address', async () => {
  const server = await ingestServer({ addressLimit: 0.1 });
  const status = async (address: string) =>
    (await server.post('/capture', report(), { 'x-forwarded-for': address })).status;
  expect([await status('192.0.2.1'), await status('192.0.2.2')]).toEqual([200, 429]);
});

test('addresses of one IPv6 household share an allowance', async () => {
  const server = await ingestServer({ addressLimit: 0.1, trustProxy: true });
  const status = async (address: string) =>
    (await server.post('/capture', report(), { 'x-forwarded-for': address })).status;
  expect([
    await status('2001:db8::1'),
    await status('2001:db8:0:0:9::'),
    await status('2001:db8:0:1::'),
  ]).toEqual([200, 429, 200]);
});

test('a batch costs as much as its events', async () => {
  const server = await ingestServer({ addressLimit: 1 });
  const batch = JSON.stringify(Array(11).fill(JSON.parse(report())));
  const response = await server.post('/batch', batch);
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '10']);
  expect(await server.metric('events_dropped_total{reason="address_limit"}')).toBe(11);
  expect(server.stored()).toEqual([]);
});

test('a key that sends too much is limited whatever the address', async () => {
  const server = await ingestServer({ keyLimit: 0.1, trustProxy: true });
  const status = async (key: string) =>
    (await server.post('/capture', report().replace(/"api_key":"[^"]*"/, `"api_key":"${key}"`))).status;
  expect([await status('a'), await status('a'), await status('b')]).toEqual([200, 429, 200]);
});

test('no address is stored, nor shown in the metrics', async () => {
  const server = await ingestServer({ trustProxy: true });
  await server.post('/capture', report({ $ip: '192.0.2.77' }), { 'x-forwarded-for': '192.0.2.77' });
  expect(server.stored()).toHaveLength(1);
  const files = ['', '-wal'].map((suffix) => readFileSync(databasePath(server.directory) + suffix, 'latin1'));
  expect(files.join('') + (await server.metrics.text())).not.toContain('192.0.2.77');
});
