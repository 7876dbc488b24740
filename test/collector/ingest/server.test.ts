import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import { generate } from 'selfsigned';
import type { Certificate } from '../../../src/collector/ingest/listener.ts';
import { until } from '../../support/until.ts';
import { ingestServer } from '../support/ingest.ts';
import { report } from '../support/reports.ts';

test('/health says ok', async () => {
  const server = await ingestServer();
  const response = await fetch(`${server.url}/health`);
  expect([response.status, await response.text()]).toEqual([200, '{"status":"ok"}']);
});

test('/metrics is Prometheus text, for this machine only', async () => {
  const server = await ingestServer();
  await server.post('/capture', report());
  const response = await fetch(`${server.url}/metrics`);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
  expect(await response.text()).toMatch(/^wasp_collector_events_stored_total 1$/m);
  const proxied = await fetch(`${server.url}/metrics`, { headers: { 'x-forwarded-for': '127.0.0.1' } });
  expect(proxied.status).toBe(404);
});

test('every received event is counted exactly once as stored, duplicate or dropped', async () => {
  const server = await ingestServer();
  const one = { ...JSON.parse(report()), uuid: '01940000-0000-7000-8000-000000000001' };
  await server.post('/batch', JSON.stringify([one, one, { event: 'x' }, 7, JSON.parse(report({ os: 'x' }))]));
  const text = await server.metrics.text();
  const sum = (name: string) =>
    [...text.matchAll(new RegExp(`^wasp_collector_${name}(?:{.*})? (\\d+)$`, 'gm'))]
      .map(([, value]) => Number(value))
      .reduce((total, value) => total + value, 0);
  expect(sum('events_received_total')).toBe(5);
  expect([sum('events_stored_total'), sum('events_duplicate_total'), sum('events_dropped_total')]).toEqual([
    1, 1, 3,
  ]);
});

test('draining answers what has begun, then nobody', async () => {
  const server = await ingestServer();
  const body = report();
  let answer = '';
  const socket = connect(server.address.port, '127.0.0.1');
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  const head = `content-length: ${body.length}\r\nexpect: 100-continue`;
  socket.write(`POST /capture HTTP/1.1\r\nhost: x\r\n${head}\r\n\r\n`);
  // That a connection is open doesn't mean that its request has been read.
  await until('the request has begun', () => answer === 'HTTP/1.1 100 Continue\r\n\r\n');
  answer = '';
  const drained = server.drain();
  socket.write(body);
  await drained;
  await until('it is answered', () => answer.includes('\r\n\r\n'));
  expect(answer).toMatch(/^HTTP\/1.1 200 /);
  expect(answer.toLowerCase()).toContain('connection: close');
  expect(server.stored()).toHaveLength(1);
  await expect(fetch(server.url)).rejects.toThrow('fetch failed');
});

test('TLS is served, and a renewed certificate is used without a restart', async () => {
  const [first, second] = [await selfSigned('first.test'), await selfSigned('second.test')];
  const server = await ingestServer({ tls: first });
  expect(await postOverTls(server.url, first)).toEqual([200, 'first.test']);
  server.replaceCertificate(second);
  expect(await postOverTls(server.url, second)).toEqual([200, 'second.test']);
  expect(server.stored()).toHaveLength(2);
});

test.each([false, true])('draining does not wait for ever for a silent connection (TLS: %p)', async (tls) => {
  const server = await ingestServer({ drainLimit: 50, tls: tls ? await selfSigned('x.test') : undefined });
  const socket = connect(server.address.port, '127.0.0.1');
  socket.on('error', () => {});
  await until('it is connected', async () => (await server.metric('connections')) === 1);
  await server.drain();
});

test.each([
  ['nothing', ''],
  ['half a handshake', '\x16\x03\x01\x00\xa5\x01\x00'],
  ['plain HTTP', 'POST /capture HTTP/1.1\r\nhost: x\r\n\r\n'],
])('a TLS connection that says %s is closed', async (_what, bytes) => {
  const server = await ingestServer({ tls: await selfSigned('x.test'), requestTimeout: 100 });
  const socket = connect(server.address.port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
  socket.on('error', () => {});
  await new Promise((resolve) => socket.on('close', resolve));
  await until('the server has closed it too', async () => (await server.metric('connections')) === 0);
});

async function selfSigned(name: string): Promise<Certificate> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: name }], { keyType: 'ec' });
  return { cert, key };
}

/** The status, and the name in the certificate that the server showed. */
function postOverTls(url: string, { cert }: Certificate): Promise<[number | undefined, string]> {
  return new Promise((resolve, reject) => {
    let name = '';
    const checkServerIdentity = (_host: string, { subject }: { subject: { CN?: unknown } }) => {
      name = String(subject.CN);
      return undefined;
    };
    const options = { method: 'POST', ca: cert, agent: false, checkServerIdentity } as const;
    const sent = httpsRequest(`${url}/capture`, options, (response) => {
      response.resume().on('end', () => resolve([response.statusCode, name]));
    });
    sent.on('error', reject).end(report());
  });
}
