/** What no browser and no client of ours sends, to both listeners: each is answered or closed, and they go on. */
import { cleanup } from '../support/cleanup.ts';
import { startDemoPage } from './support/demo-page.ts';
import { ingestServer } from './support/ingest.ts';
import { rawRequest } from './support/raw-request.ts';
import { report } from './support/reports.ts';

const TARGETS = [
  ...[
    '//',
    '///',
    '//[',
    '//capture',
    '/capture//',
    '/capture/../metrics',
    '/./capture',
    '/\\capture',
    '/;',
    '/.',
  ],
  ...[
    '/%63apture',
    '/capture%00',
    '/%',
    '/%ff',
    '/?%',
    '/?',
    '/?#',
    '/capture#x',
    '/\xe9',
    '/\xff\xfe',
    '/CAPTURE',
  ],
  ...[
    'http://',
    'http://x',
    'http://[/',
    'HTTP://x//',
    'ftp://x/capture',
    '*',
    '/__proto__',
    '/constructor',
    '/csv/.csv',
  ],
  `/${'a'.repeat(7000)}`,
  `/?${'a=b&'.repeat(1500)}`,
];
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND', 'QUERY'];

const BROKEN: [string, string][] = [
  ['no host', 'POST /capture HTTP/1.1\r\ncontent-length: 0\r\n\r\n'],
  ['two hosts', 'GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n'],
  ['a negative length', 'POST /capture HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n'],
  ['two lengths', 'POST /capture HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'],
  [
    'a length and chunks',
    'POST /capture HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
  [
    'a length beyond all numbers',
    `POST /capture HTTP/1.1\r\nhost: x\r\ncontent-length: ${'9'.repeat(40)}\r\n\r\n`,
  ],
  ['a chunk of no size', 'POST /capture HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'],
  ['an unknown transfer encoding', 'POST /capture HTTP/1.1\r\nhost: x\r\ntransfer-encoding: pigeon\r\n\r\n'],
  ['an unknown method', 'FETCH / HTTP/1.1\r\nhost: x\r\n\r\n'],
  ['an unknown version', 'GET / HTTP/3.7\r\nhost: x\r\n\r\n'],
  ['a header without a name', 'GET / HTTP/1.1\r\nhost: x\r\n: y\r\n\r\n'],
  ['a NUL in a header', 'GET / HTTP/1.1\r\nhost: x\r\na: \0\r\n\r\n'],
  ['headers over 16 KB', `GET / HTTP/1.1\r\nhost: x\r\na: ${'y'.repeat(17_000)}\r\n\r\n`],
  ['the beginning of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['the beginning of TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ['an upgrade', 'GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'],
  ['a tunnel', 'CONNECT x:443 HTTP/1.1\r\nhost: x\r\n\r\n'],
  [
    'an impossible expectation',
    'POST /capture HTTP/1.1\r\nhost: x\r\nexpect: wonders\r\ncontent-length: 1\r\n\r\n',
  ],
  ['cookies that are none', 'GET / HTTP/1.1\r\nhost: x\r\ncookie: =;;wasp_page=%;wasp_page="\xff\r\n\r\n'],
];

interface Listener {
  port: number;
  /** What it said to the operator. */
  lines: string[];
  /** Does it still do its work? */
  works(): Promise<boolean>;
}

async function receiver(): Promise<Listener> {
  const server = await ingestServer({ addressLimit: Number.POSITIVE_INFINITY });
  const works = async () => (await server.post('/capture', report())).status === 200;
  return { port: server.address.port, lines: server.lines, works };
}

async function page(): Promise<Listener> {
  const lines: string[] = [];
  const calculate = () => new Promise<never>(() => {});
  const server = await startDemoPage({ calculate, log: (line) => lines.push(line) });
  cleanup(() => server.close());
  const { port } = server.address;
  return { port, lines, works: async () => (await fetch(`http://127.0.0.1:${port}/login`)).status === 200 };
}

describe.each([
  ['the receiver', receiver],
  ['the page', page],
])('%s', (_name, open) => {
  test.each(METHODS)('answers %s to every odd target, and never by a failure', async (method) => {
    const listener = await open();
    for (const target of TARGETS) {
      const bytes = `${method} ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`;
      const status = await rawRequest(listener.port, bytes);
      if (status !== 'closed') expect([target, status < 500 || status === 501]).toEqual([target, true]);
    }
    expect([listener.lines, await listener.works()]).toEqual([[], true]);
  });

  test.each(BROKEN)('answers or closes %s', async (_what, bytes) => {
    const listener = await open();
    const status = await rawRequest(listener.port, bytes);
    expect(status === 'closed' || (status >= 200 && status < 500)).toBe(true);
    expect([listener.lines, await listener.works()]).toEqual([[], true]);
  });
});

test('a proxy’s absolute form reaches the same path', async () => {
  const { address, stored } = await ingestServer();
  const body = report();
  const bytes = `POST http://collector.example/capture?x=1 HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  expect(await rawRequest(address.port, bytes)).toBe(200);
  expect(stored()).toHaveLength(1);
});
