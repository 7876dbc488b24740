import type { IncomingMessage } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { rateLimit } from '../../src/collector/ingest/rate-limit.ts';
import { isLocal, senderAddress } from '../../src/collector/sender-address.ts';

function request(forwarded: string | undefined, remoteAddress = '10.0.0.9'): IncomingMessage {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return { headers, socket: { remoteAddress } } as unknown as IncomingMessage;
}

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['192.0.2.1:4711', '192.0.2.1'],
  ['evil, 192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::ffff:c000:201', '192.0.2.1'],
  ['2001:db8:0:7::1', '2001:db8:0:7'],
  ['2001:0DB8:0000:0007::2', '2001:db8:0:7'],
  ['[2001:db8:0:7::3]:443', '2001:db8:0:7'],
  ['[2001:db8:0:7::3]', '2001:db8:0:7'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0'],
  ['::', '0:0:0:0'],
  // What is no address is nobody: then the proxy itself is the sender.
  ['unknown', '10.0.0.9'],
  ['host.example', '10.0.0.9'],
  ['', '10.0.0.9'],
  ['192.0.2.1,', '10.0.0.9'],
  ['192.0.2.999', '10.0.0.9'],
  [undefined, '10.0.0.9'],
])('behind a trusted proxy %j is counted as %s', (forwarded, sender) => {
  expect(senderAddress(request(forwarded), true)).toBe(sender);
});

test('without a trusted proxy the header says nothing', () => {
  expect(senderAddress(request('192.0.2.1'), false)).toBe('10.0.0.9');
});

test('long headers are not kept: 2,000 of 8 KB leave less than 2 MB in the rate limit', () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const used = () => {
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const allowance = rateLimit(1, () => 0);
  const before = used();
  for (let sender = 0; sender < 2_000; sender += 1) {
    const address = `198.51.${100 + (sender >> 8)}.${sender & 255}`;
    const filling = String(sender).padEnd(8000, 'x');
    allowance(senderAddress(request(sender % 2 ? filling : `${filling}, ${address}`), true));
  }
  expect(used() - before).toBeLessThan(2_000_000);
  expect(allowance('198.51.100.2', 10)).toBe(false);
});

test('a machine of the network, or one behind a proxy, is not local', () => {
  expect(isLocal(request(undefined, '127.0.0.1'))).toBe(true);
  expect(isLocal(request(undefined, '::ffff:127.0.0.1'))).toBe(true);
  expect(isLocal(request('192.0.2.1', '127.0.0.1'))).toBe(false);
  expect(isLocal(request(undefined, '192.0.2.1'))).toBe(false);
});
