/** Whole requests as bytes, since many of these no HTTP client would send. */
import { fuzzedBody } from './bodies.ts';
import type { Random } from './random.ts';

export function fuzzedRequest(random: Random): Buffer {
  if (random.oneIn(50)) return random.bytes(random.integer(0, 300));
  const body = fuzzedBody(random);
  const head = [
    `${method(random)} ${target(random)} ${version(random)}`,
    'host: localhost',
    'connection: close',
  ];
  for (let headers = random.oneIn(3) ? random.integer(1, 3) : 0; headers > 0; headers -= 1)
    head.push(strangeHeader(random));
  const framed = random.oneIn(10) ? chunked(random, head, body) : measured(random, head, body);
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), framed]);
}

function method(random: Random): string {
  if (!random.oneIn(20)) return 'POST';
  return random.pick([
    'GET',
    'HEAD',
    'PUT',
    'DELETE',
    'OPTIONS',
    'TRACE',
    'CONNECT',
    'PATCH',
    'PRI',
    'post',
    '',
  ]);
}

function version(random: Random): string {
  return random.oneIn(50) ? random.pick(['HTTP/1.0', 'HTTP/2.0', 'HTTP/9.9', 'ICY', '']) : 'HTTP/1.1';
}

function target(random: Random): string {
  const known = [
    '/capture',
    '/capture/',
    '/i/v0/e/',
    '/e/',
    '/batch',
    '/batch/',
    '/e/?compression=gzip-js&ip=0',
  ];
  if (!random.oneIn(20)) return random.pick(known);
  return random.pick([
    ...[
      '/',
      '/health',
      '/metrics',
      '//capture',
      '/capture/..',
      '/capture?',
      '*',
      'http://other/capture',
      '/%00',
    ],
    ...['/capture#x', `/${'a'.repeat(9000)}`, '/\xff\xfe', '', '/capture?compression=lz64'],
  ]);
}

function strangeHeader(random: Random): string {
  return random.pick([
    ...[
      'content-encoding: gzip',
      'content-encoding: br',
      'content-encoding: GZIP, gzip',
      'content-encoding: ',
    ],
    ...[
      'content-type: application/json',
      'content-type: application/x-www-form-urlencoded',
      'content-type: \x01',
    ],
    ...['expect: 100-continue', 'expect: a-miracle', 'upgrade: websocket', 'connection: keep-alive, upgrade'],
    ...[
      'x-forwarded-for: 192.0.2.1, , ::1',
      'x-forwarded-for: %',
      `x-long: ${'y'.repeat(random.integer(1, 9000))}`,
    ],
    ...[
      'content-length: 5',
      'content-length: -1',
      'content-length: 99999999999999999999',
      'transfer-encoding: chunked',
    ],
    ...[
      'no colon',
      ': no name',
      ' folded: yes',
      'host: another',
      'x: \x00',
      'te: trailers',
      'range: bytes=0-',
    ],
  ]);
}

/** The body with its length, which sometimes is a lie. */
function measured(random: Random, head: string[], body: Buffer): Buffer {
  const length = random.oneIn(20) ? body.length + random.integer(-20, 20) : body.length;
  if (!random.oneIn(40)) head.push(`content-length: ${length}`);
  return body;
}

function chunked(random: Random, head: string[], body: Buffer): Buffer {
  head.push('transfer-encoding: chunked');
  const size = random.oneIn(4) ? random.pick(['-1', 'zz', 'ffffffffffffffff', '']) : body.length.toString(16);
  return Buffer.concat([
    Buffer.from(`${size}\r\n`),
    body,
    Buffer.from(random.oneIn(4) ? '\r\n' : '\r\n0\r\n\r\n'),
  ]);
}
