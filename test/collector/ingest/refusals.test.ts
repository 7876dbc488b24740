/** What is not accepted gets the right status, is counted under its reason, and leaves nothing behind. */
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { until } from '../../support/until.ts';
import { type Body, ingestServer } from '../support/ingest.ts';
import { report } from '../support/reports.ts';

const bodies: [string, number, string, Body, Record<string, string>][] = [
  ['a body over 64 KiB', 413, 'too_large', report({ context: 'x'.repeat(65_536) }), {}],
  ['3 MB', 413, 'too_large', 'x'.repeat(3_000_000), {}],
  ['a gzip bomb', 413, 'too_large', gzipSync(Buffer.alloc(50_000_000)), {}],
  ['torn gzip', 400, 'bad_gzip', gzipSync(report()).subarray(0, 60), { 'content-encoding': 'gzip' }],
  ['brotli', 415, 'bad_encoding', 'x', { 'content-encoding': 'br' }],
  ['a nesting bomb', 400, 'too_deep', '['.repeat(60_000), {}],
  ['a nesting bomb behind a string', 400, 'too_deep', `{"a":"\\"]]]]","b":${'{"b":'.repeat(20)}`, {}],
  ['bad UTF-8', 400, 'bad_utf8', Buffer.from([0x7b, 0xff, 0x7d]), {}],
  ['half a JSON text', 400, 'bad_json', '{"api_key":', {}],
  ['nothing', 400, 'bad_json', '', {}],
  ['an empty batch', 400, 'no_events', '{"batch":[]}', {}],
];

test.each(bodies)('%s is answered %i', async (_name, status, reason, body, headers) => {
  const server = await ingestServer();
  const response = await server.post('/capture', body, headers);
  expect([response.status, await response.json()]).toMatchObject([status, { status: 0, error: reason }]);
  expect(await server.metric(`requests_refused_total{reason="${reason}"}`)).toBe(1);
  expect(server.stored()).toEqual([]);
});

test.each(['null', '7', '"x"', 'true', '[null]', '[[]]', '{"api_key":"k","batch":[null,[]]}'])(
  'the body %s is answered 400, not 401: it is no event',
  async (body) => {
    const server = await ingestServer({ apiKeys: ['k'] });
    const response = await server.post('/capture', body);
    expect([response.status, await response.json()]).toMatchObject([400, { error: 'bad_event' }]);
  },
);

test('brackets inside strings are no nesting', async () => {
  const server = await ingestServer();
  expect((await server.post('/capture', report({ context: '['.repeat(100) }))).status).toBe(200);
});

test('a method other than POST is answered 405 and told which one is allowed', async () => {
  const server = await ingestServer();
  for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS', 'HEAD']) {
    const response = await fetch(`${server.url}/capture`, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  }
});

test('an unknown path is answered 404', async () => {
  const server = await ingestServer();
  expect((await server.post('/capture/../admin', report())).status).toBe(404);
  expect((await fetch(`${server.url}/`)).status).toBe(404);
});

test('a request whose events are all refused is refused with the last reason', async () => {
  const server = await ingestServer();
  const response = await server.post('/capture', report({ os: 'TempleOS' }));
  expect([response.status, await response.json()]).toMatchObject([400, { error: 'bad_os' }]);
  expect(await server.metric('events_dropped_total{reason="bad_os"}')).toBe(1);
});

test('an api_key that is not on the list is answered 401', async () => {
  const server = await ingestServer({ apiKeys: ['another'] });
  expect((await server.post('/capture', report())).status).toBe(401);
  expect(await server.metric('events_dropped_total{reason="bad_api_key"}')).toBe(1);
});

test.each([undefined, '', 7, { toString: 1 }, 'x'.repeat(129)])('the api_key %j is none', async (apiKey) => {
  const server = await ingestServer();
  const body = JSON.stringify({ ...JSON.parse(report()), api_key: apiKey });
  expect((await server.post('/capture', body)).status).toBe(401);
});

test('an exception that nobody foresaw is answered 500 and logged, and the server goes on', async () => {
  let broken = true;
  const clock = () => {
    if (broken) throw new Error('the clock has stopped');
    return 1_800_000_000_000;
  };
  const server = await ingestServer({ clock });
  expect((await server.post('/capture', report())).status).toBe(500);
  expect(server.lines.join()).toContain('the clock has stopped');
  broken = false;
  expect((await server.post('/capture', report())).status).toBe(200);
});

test('a slow sender is answered 408 and disconnected, whether its header or its body is slow', async () => {
  const server = await ingestServer({ requestTimeout: 200 });
  const slow = [
    'POST /capture HTTP/1.1\r\nhost: x\r\n',
    'POST /capture HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{',
  ];
  for (const start of slow) expect(await rawAnswer(server.address.port, start)).toMatch(/^HTTP\/1.1 408 /);
  expect(await server.metric('requests_refused_total{reason="slow"}')).toBe(2);
});

test('what is no HTTP is answered 400, too many headers 431', async () => {
  const server = await ingestServer();
  expect(await rawAnswer(server.address.port, '\x16\x03\x01\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
  const header = `x: ${'y'.repeat(10_000)}\r\n`;
  expect(await rawAnswer(server.address.port, `POST /capture HTTP/1.1\r\n${header}\r\n`)).toMatch(
    /^HTTP\/1.1 431 /,
  );
});

test('a client that asks first is told 413 without having sent a byte of its body', async () => {
  const server = await ingestServer();
  const start =
    'POST /capture HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 2000000\r\n\r\n';
  expect(await rawAnswer(server.address.port, start)).toMatch(/^HTTP\/1.1 413 /);
});

test('a client that goes away in the middle of its body leaves nothing behind', async () => {
  const server = await ingestServer();
  const socket = connect(server.address.port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(`POST /capture HTTP/1.1\r\nhost: x\r\ncontent-length: 9999\r\n\r\n${report()}`, () =>
    socket.destroy(),
  );
  await until(
    'the aborted request is counted',
    async () => (await server.metric('requests_refused_total{reason="aborted"}')) === 1,
  );
  expect(server.stored()).toEqual([]);
});

/** Everything that the server says to these bytes until it closes the connection. */
function rawAnswer(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}
