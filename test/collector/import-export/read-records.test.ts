import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { importEvents, nothingImported } from '../../../src/collector/import-export/import-events.ts';
import { readRecords } from '../../../src/collector/import-export/read-records.ts';
import { openStore } from '../../../src/collector/store/open-store.ts';
import { cleanup } from '../../support/cleanup.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { report } from '../support/reports.ts';

/** PostHog's own example of an event that is exported alone, with our properties. */
function exported(number: number): Record<string, unknown> {
  return {
    id: `01940000-0000-7000-8000-00000000000${number}`,
    distinct_id: 'bf3fa7a8-1c11-4f82-9542-ec1a2d28786b',
    properties: { ...JSON.parse(report()).properties, $lib: 'x "}]\\ {[' },
    event: 'cli',
    timestamp: '2026-01-01T10:00:00.123000+00:00',
    person: { is_identified: true, distinct_ids: ['a'], properties: { results: [1] } },
    elements: [],
    elements_chain: '',
  };
}

const one = exported(1);
const three = [exported(1), exported(2), exported(3)];
const page = { next: 'https://eu.posthog.com/api/x?before=1', results: three };

const forms: [string, number, string][] = [
  ['one event', 1, JSON.stringify(one)],
  ['one event, pretty-printed', 1, JSON.stringify(one, undefined, 2)],
  ['an event per line', 3, three.map((event) => JSON.stringify(event)).join('\n')],
  [
    'an event per line, Windows’ way, with a byte order mark',
    3,
    `\ufeff${three.map((event) => JSON.stringify(event)).join('\r\n')}\r\n`,
  ],
  [
    'events one after another, pretty-printed',
    3,
    three.map((event) => JSON.stringify(event, undefined, 2)).join('\n'),
  ],
  ['an array', 3, JSON.stringify(three)],
  ['an array, pretty-printed', 3, JSON.stringify(three, undefined, '\t')],
  [
    'an array in a line of its own',
    3,
    `${JSON.stringify([exported(1)])}\n${JSON.stringify([exported(2), exported(3)])}`,
  ],
  ['results', 3, JSON.stringify({ results: three })],
  [
    'results after another key',
    3,
    JSON.stringify({ types: [['uuid', 'UUID']], columns: ['*'], results: three }),
  ],
  ['a page', 3, JSON.stringify(page)],
  ['a page, pretty-printed', 3, JSON.stringify(page, undefined, 4)],
  [
    'pages one after another',
    3,
    [JSON.stringify({ results: [exported(1)] }), JSON.stringify(page)].join('\n'),
  ],
];

/** In pieces so small that every boundary is somewhere. */
function input(text: string | Buffer, size: number): Readable {
  const bytes = Buffer.from(text as string);
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
  return Readable.from(pieces, { objectMode: false });
}

function newStore() {
  const store = openStore(temporaryDirectory());
  cleanup(() => store.close());
  return store;
}

test.each(forms)(
  '%s is imported once, however often it is given, packed or not',
  async (_form, events, text) => {
    const store = newStore();
    let stored = 0;
    for (const bytes of [text, gzipSync(text)]) {
      for (const size of [1, 7, 65_536]) {
        const result = await importEvents(store, readRecords(input(bytes, size), 'jsonl'), Date.UTC(2026, 5));
        expect(result.dropped).toEqual({});
        stored += result.stored;
      }
    }
    expect(stored).toBe(events);
  },
);

async function read(text: string | Buffer, format: 'jsonl' | 'csv' = 'jsonl'): Promise<unknown[]> {
  const records: unknown[] = [];
  for await (const record of readRecords(input(text, 65_536), format)) records.push(record);
  return records;
}

test.each([
  ['a broken line costs only itself', '{"a":1}\n{"b":\n{"c":3}', [{ a: 1 }, undefined, { c: 3 }]],
  ['also the first', '{"a":\n{"c":3}\n', [undefined, { c: 3 }]],
  ['an array that is torn off', '[{"a":1},{"b":2', [{ a: 1 }, undefined]],
  ['numbers and texts in an array', '[7,{"a":1},"{]",null]', [undefined, { a: 1 }, undefined, undefined]],
  ['an empty array', '[]', []],
  ['nothing', '', []],
  ['blank lines', '\n\n {"a":1}\n\n', [{ a: 1 }]],
])('%s', async (_what, text, records) => {
  expect(await read(text)).toEqual(records);
});

test('a packed CSV is read too, and gzip that is torn off is a failure', async () => {
  const csv = 'event,distinct_id\ncli,x\n';
  expect(await read(gzipSync(csv), 'csv')).toEqual([{ event: 'cli', distinct_id: 'x', properties: {} }]);
  await expect(read(gzipSync(csv.repeat(99)).subarray(0, 30), 'csv')).rejects.toThrow(
    'unexpected end of file',
  );
});

test('an unreadable file is a failure, not an empty one', async () => {
  const broken = new Readable({
    read() {
      this.destroy(new Error('the disk is gone'));
    },
  });
  await expect(readRecords(broken, 'jsonl').next()).rejects.toThrow('the disk is gone');
});

async function collected(records: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const record of records) all.push(record);
  return all;
}

test.each(['utf16le', 'utf16be'])('a file in %s, as Windows’ tools write it, is read', async (encoding) => {
  const bytes = Buffer.from(`\ufeff${three.map((event) => JSON.stringify(event)).join('\r\n')}`, 'utf16le');
  const input = Readable.from([encoding === 'utf16le' ? bytes : bytes.swap16()], { objectMode: false });
  expect(await collected(readRecords(input, 'jsonl'))).toEqual(three);
});

const ENDLESS = 'x'.repeat(2 ** 20);

test.each([
  ['an archive', 'jsonl', [Buffer.from('PK\u0003\u0004\u0014\0\0\0')], /no text/],
  ['a file that was packed twice', 'jsonl', [gzipSync(gzipSync('{}'))], /no text/],
  ['a line without an end', 'jsonl', Array(5).fill(ENDLESS), /longer than 4 million/],
  ['a record without an end', 'jsonl', ['[{"a":"', ...Array(5).fill(ENDLESS)], /longer than 4 million/],
  ['a row without an end', 'csv', ['a,b\n', ...Array(5).fill(ENDLESS)], /[Mm]ax/],
] as const)('%s is refused, and not kept in memory', async (_what, format, pieces, reason) => {
  const input = Readable.from(pieces, { objectMode: false });
  await expect(collected(readRecords(input, format))).rejects.toThrow(reason);
});

test('what came before the damage is stored, and said', async () => {
  const store = openStore(temporaryDirectory());
  cleanup(() => store.close());
  const packed = gzipSync(three.map((event) => JSON.stringify(event)).join('\n'));
  async function* torn() {
    yield* readRecords(Readable.from([packed], { objectMode: false }), 'jsonl');
    throw new Error('torn');
  }
  const result = nothingImported();
  await expect(importEvents(store, torn(), Date.now(), result)).rejects.toThrow('torn');
  expect(result).toMatchObject({ stored: 3, duplicates: 0 });
  expect(store.eventsSince(0, 10)).toHaveLength(3);
});
