/** What could name a user is never written down, whichever way it comes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { importEvents } from '../../../src/collector/import-export/import-events.ts';
import { readRecords } from '../../../src/collector/import-export/read-records.ts';
import { hashedId, keptId } from '../../../src/collector/ingest/distinct-id.ts';
import { withoutAddresses } from '../../../src/collector/ingest/personal-data.ts';
import { openStore } from '../../../src/collector/store/open-store.ts';
import { cleanup } from '../../support/cleanup.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { ingestServer } from '../support/ingest.ts';
import { report } from '../support/reports.ts';

const now = Date.UTC(2026, 10, 24);
const kept = (id: unknown, kind: 0 | 1 | 2 = 0) => keptId(id, kind, now);

test.each([
  ['a UUID', 'bf3fa7a8-1c11-4f82-9542-ec1a2d28786b'],
  ['a UUID in capitals', 'BF3FA7A8-1C11-4F82-9542-EC1A2D28786B'],
  ['a SHA-256', `${'a'.repeat(63)}b`],
  ['an installer’s digits', '2071317638099430211138472019'],
  ['16 digits', '4929123456781234'],
  ['the npm package’s number and time, 14 digits', `7${now - 1000}`],
  ['the npm package’s number and time, 18 digits', `32767${now}`],
])('%s is kept as it is', (_what, id) => {
  expect(kept(id)).toEqual({ distinctId: id, hashed: false });
});

test.each([
  'Martin.Sosic',
  'martin-laptop',
  'a',
  '4711',
  'bf3fa7a81c114f829542ec1a2d28786b',
  `${'A'.repeat(63)}B`,
  'install-4b1f',
  '0038591234567890',
  '01138591234567890',
])('%s is kept as its hash', (id) => {
  expect(kept(id)).toEqual({ distinctId: hashedId(id), hashed: true });
});

test.each([
  ['203.0.113.77'],
  ['host-203-0-113-77.example'],
  ['::1'],
  ['2001:db8::7'],
  ['::ffff:203.0.113.77'],
  ['00:1b:44:11:3a:b7'],
  ['385912345678'],
  ['0041-44-668-18-00'],
  ['091.234.5678'],
])('%s is refused as personal', (id) => {
  expect(kept(id)).toBe('personal_distinct_id');
});

test.each([
  undefined,
  null,
  7,
  {},
  '',
  'martin@wasp.sh',
  '+385 91 234 5678',
  'Martin Šošić',
  '00000000-0000-0000-0000-000000000000',
  'ffffffffffffffffffffffffffffffff',
  '0'.repeat(64),
  'undefined',
  'x'.repeat(129),
])('%j is no id', (id) => {
  expect(kept(id)).toBe('bad_distinct_id');
});

test('an installer’s few digits are no telephone number, and are kept as their hash', () => {
  expect(kept('2071317638099', 1)).toEqual({ distinctId: hashedId('2071317638099'), hashed: true });
});

test.each([
  ['gitpod CI', 'gitpod CI', []],
  ['  two  spaces ', '  two  spaces ', []],
  ['CI martin@wasp.sh gitpod', 'CI gitpod', ['email']],
  ['martin%40wasp.sh', '', ['email']],
  ['from 203.0.113.77 CI', 'from CI', ['ip']],
  ['ip=203.0.113.77', '', ['ip']],
  ['ip-203-0-113-77.ec2.internal CI', 'CI', ['ip']],
  ['fe80::1%eth0 ::1 [2001:db8::1]:80', '', ['ip', 'ip', 'ip']],
  ['https://u:p@example.org/x CI', 'CI', ['email']],
  ['https://example.org/x CI', 'CI', ['url']],
  ['mac 00:1b:44:11:3a:b7', 'mac', ['mac']],
  ['call +385 91 234 5678 CI', 'call CI', ['phone']],
  ['(0)91/234-5678', '', ['phone']],
  ['martin%2540wasp.sh 2001%3Adb8%3A%3A1 CI', 'CI', ['email', 'ip']],
  ['by martin @ wasp.sh CI', 'by CI', ['email']],
  ['martin(at)wasp.sh martin [at] wasp [dot] sh CI', 'CI', ['email', 'email']],
  ['martin at wasp dot sh CI', 'CI', ['email']],
  [
    'martin (at) wasp dot sh martin_at_wasp.sh martin {at} wasp {dot} sh CI',
    'CI',
    ['email', 'email', 'email'],
  ],
  ['by martin at wasp.sh CI', 'by CI', ['email']],
  [
    'martin%252540wasp.sh martin&#64;wasp.sh martin\\u0040wasp.sh martin%u0040wasp.sh',
    '',
    ['email', 'email', 'email', 'email'],
  ],
  ['203,0,113,77 phone:0912345678 tel=(0)91-234-5678 CI', 'CI', ['ip', 'phone', 'phone']],
  ['look at me', 'look at me', []],
  [`a at ${'a-dot-'.repeat(20)}`, `a at ${'a-dot-'.repeat(20)}`, []],
  ['made at 12.30 at home', 'made at 12.30 at home', []],
  ['CI @ example.org', 'CI @ example.org', []],
  ['CI at github.com', 'CI at github.com', []],
  ['mac 001b.4411.3ab7 aa-bb-cc-dd-ee-ff aabb.ccdd.eeff', 'mac', ['mac', 'mac', 'mac']],
  ['555 123 4567 CI', 'CI', ['phone']],
  ['(555) 123-4567 CI', 'CI', ['phone']],
  ['phone=+385912345678 CI', 'CI', ['phone']],
  ['+1-555-123-4567x12', '', ['phone']],
  ['100%25 50% %zz', '100%25 50% %zz', []],
  ['CI 12 34', 'CI 12 34', []],
  ['node 26.10.0 v0.25.0', 'node 26.10.0 v0.25.0', []],
  ['time 12:30', 'time 12:30', []],
] as const)('of the context %j stays %j', (context, rest, rules) => {
  const found: string[] = [];
  expect(withoutAddresses(context, (rule) => found.push(rule))).toBe(rest);
  expect(found).toEqual(rules);
});

const STRANGE_IDS = [
  '203.0.113.77',
  '::1',
  'Martin.Sosic',
  '+385912345678',
  '385912345678',
  'martin@wasp.sh',
];
const STRANGE_CONTEXTS = ['CI martin@wasp.sh', '198.51.100.23 gitpod', 'tel:+385919876543'];
const TRACES = [...STRANGE_IDS.filter((id) => id !== '::1'), 'wasp.sh', '198.51.100.23', '385919876543'];

function tracesIn(directory: string): string[] {
  const files = readdirSync(directory).map((file) => readFileSync(join(directory, file), 'latin1'));
  return TRACES.filter((trace) => files.some((content) => content.includes(trace)));
}

test('neither strange ids nor addresses in contexts reach the disk by a report, and both are counted', async () => {
  const server = await ingestServer();
  for (const id of STRANGE_IDS) await server.post('/capture', report({ distinct_id: id }));
  for (const context of STRANGE_CONTEXTS)
    expect((await server.post('/capture', report({ context }))).ok).toBe(true);
  expect(server.stored().map(({ distinct_id, context }) => [distinct_id.length, context])).toEqual([
    [64, 'NON_INTERACTIVE_SHELL'],
    [36, 'CI'],
    [36, 'gitpod'],
    [36, ''],
  ]);
  expect(await server.metric('events_dropped_total{reason="personal_distinct_id"}')).toBe(3);
  expect(await server.metric('personal_data_kept_out_total{what="distinct_id"}')).toBe(1);
  expect(await server.metric('personal_data_kept_out_total{what="context_email"}')).toBe(1);
  expect(tracesIn(server.directory)).toEqual([]);
});

test('and neither do they by an import', async () => {
  const directory = temporaryDirectory();
  const store = openStore(directory);
  cleanup(() => store.close());
  const properties = JSON.parse(report()).properties;
  const lines = [
    ...STRANGE_IDS.map((distinct_id) => ({ distinct_id, properties })),
    ...STRANGE_CONTEXTS.map((context) => ({ properties: { ...properties, context } })),
  ].map((line) => JSON.stringify({ event: 'cli', timestamp: '2026-01-01T00:00:00Z', ...line }));
  expect(await importEvents(store, readRecords(Readable.from(lines.join('\n')), 'jsonl'), now)).toEqual({
    stored: 4,
    duplicates: 0,
    dropped: { personal_distinct_id: 3, bad_distinct_id: 2 },
    keptOut: { distinct_id: 1, context_email: 1, context_ip: 1, context_phone: 1 },
  });
  expect(tracesIn(directory)).toEqual([]);
});
