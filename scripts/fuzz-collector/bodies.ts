/** Bodies between a valid report and noise: most keep enough of a report to get deep into the collector. */
import { gzipSync } from 'node:zlib';
import { reportBody } from '../../src/protocol/report.ts';
import type { Random } from './random.ts';

/** Compressed once: 20 MB of zeros in 20 kB. */
const GZIP_BOMB = gzipSync(Buffer.alloc(20_000_000));

export function fuzzedBody(random: Random): Buffer {
  const kind = random.integer(0, 99);
  if (kind < 15) return Buffer.from(validReport(random));
  if (kind < 50) return Buffer.from(JSON.stringify(strangeEnvelope(random)));
  if (kind < 70) return damaged(random, Buffer.from(validReport(random)));
  if (kind < 80) return gzipSync(JSON.stringify(strangeEnvelope(random)));
  if (kind < 87) return damaged(random, gzipSync(validReport(random)));
  if (kind < 90)
    return Buffer.from(`data=${encodeURIComponent(Buffer.from(validReport(random)).toString('base64'))}`);
  if (kind < 93)
    return Buffer.from(random.pick(['[', '{"a":', '"', '[{"batch":']).repeat(random.integer(1, 9000)));
  if (kind < 94) return GZIP_BOMB;
  if (kind < 95) return Buffer.alloc(random.integer(60_000, 200_000), 0x20);
  return random.bytes(random.integer(0, 2000));
}

function validReport(random: Random): string {
  return reportBody('fuzz', {
    distinct_id: `person-${random.integer(0, 5000)}`,
    project_hash: random.bytes(8).toString('hex'),
    is_build: random.oneIn(2),
    deploy_cmd_args: random.pick(['', 'fly;deploy', 'railway;launch']),
    wasp_version: '0.25.0',
    os: 'linux',
    context: random.pick(['', 'CI', 'gitpod CI']),
  });
}

/** A valid report, or several in some envelope, with some of it replaced by values that nobody expects. */
function strangeEnvelope(random: Random): unknown {
  const event = JSON.parse(validReport(random));
  for (let changes = random.integer(0, 3); changes > 0; changes -= 1) {
    const target = random.oneIn(3) ? event : event.properties;
    if (typeof target !== 'object' || target === null) continue;
    const key = random.oneIn(4)
      ? strangeText(random)
      : random.pick([...Object.keys(target), 'uuid', 'timestamp']);
    Object.defineProperty(target, key, { value: strangeValue(random), enumerable: true, configurable: true });
  }
  const form = random.integer(0, 9);
  if (form < 6) return event;
  if (form < 8) return { api_key: strangeValue(random), batch: [event, strangeValue(random), event] };
  return [event, strangeValue(random)];
}

function strangeValue(random: Random, depth = 0): unknown {
  const kind = random.integer(0, depth > 3 ? 6 : 8);
  switch (kind) {
    case 0:
      return random.pick([null, true, false, 0, -0, 1e308, -1, 2 ** 53, 0.1]);
    case 1:
      return new Date(random.integer(-2_000_000_000, 2_000_000_000) * 1000).toISOString();
    case 2:
      return random.bytes(16).toString('hex');
    case 3:
      return 'x'.repeat(random.integer(0, 3000));
    case 7:
      return Array.from({ length: random.integer(0, 4) }, () => strangeValue(random, depth + 1));
    case 8:
      return { [strangeText(random)]: strangeValue(random, depth + 1) };
    default:
      return strangeText(random);
  }
}

function strangeText(random: Random): string {
  return random.pick([
    ...['', '__proto__', 'constructor', 'toString', 'event', 'properties', 'api_key', 'batch', 'distinct_id'],
    ...[
      '\0',
      '\u001b[2J',
      '\u202e',
      '\ud800',
      '😀'.repeat(40),
      "'; DROP TABLE event; --",
      '%00',
      '../../etc/passwd',
    ],
    ...[
      '0.25.0',
      '99999999999.0',
      'cli',
      '$pageview',
      'undefined',
      '2026-02-30T25:61:61Z',
      '-271821-04-20T00:00:00Z',
    ],
  ]);
}

/** Some bytes flipped, cut out, doubled or inserted. */
function damaged(random: Random, body: Buffer): Buffer {
  let result = body;
  for (let wounds = random.integer(1, 4); wounds > 0 && result.length > 0; wounds -= 1) {
    const at = random.integer(0, result.length - 1);
    const to = Math.min(result.length, at + random.integer(1, 40));
    const [head, middle, tail] = [result.subarray(0, at), result.subarray(at, to), result.subarray(to)];
    result = random.pick([
      () => Buffer.concat([head, random.bytes(middle.length), tail]),
      () => Buffer.concat([head, tail]),
      () => Buffer.concat([head, middle, middle, tail]),
      () => Buffer.concat([head, random.bytes(random.integer(1, 20)), middle, tail]),
    ])();
  }
  return result;
}
