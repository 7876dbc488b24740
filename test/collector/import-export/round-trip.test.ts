import { Readable } from 'node:stream';
import { exportEvents, type Format } from '../../../src/collector/import-export/export-events.ts';
import { importEvents } from '../../../src/collector/import-export/import-events.ts';
import { readEvents } from '../../../src/collector/import-export/read-events.ts';
import { readRecords } from '../../../src/collector/import-export/read-records.ts';
import type { Event } from '../../../src/collector/store/event.ts';
import { openStore, type Store } from '../../../src/collector/store/open-store.ts';
import { cleanup } from '../../support/cleanup.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { event } from '../support/events.ts';
import { storedRows } from '../support/stored-rows.ts';

const now = Date.UTC(2026, 5, 1);
const ID = 'bf3fa7a8-1c11-4f82-9542-ec1a2d28786b';

function storeWith(events: readonly Event[] = []): Store {
  const store = openStore(temporaryDirectory(), { everyUuid: true });
  cleanup(() => store.close());
  if (events.length > 0) store.insert(events);
  return store;
}

function importText(store: Store, text: string, format: Format) {
  return importEvents(store, readRecords(Readable.from([Buffer.from(text)]), format), now);
}

function exported(store: Store, format: Format): string {
  return [...exportEvents(store, format)].join('');
}

const various = [
  event({ deploy: 'fly;deploy', isBuild: true, clientTime: Date.UTC(2026, 0, 15, 11) }),
  event({ context: '=HYPERLINK(A1)', distinctId: '20713176380994302' }),
  event({ context: 'a "quoted", value', uuid: new Uint8Array(16).fill(7) }),
  event({ context: "'-quoted already" }),
  event({
    kind: 1,
    projectHash: null,
    version: '',
    os: 'osx',
    receivedAt: Date.UTC(2024, 1, 29, 23, 59, 59, 999),
  }),
  event({ kind: 2, projectHash: null, version: '', os: 'Unknown', context: 'CI' }),
  // The same event twice in one millisecond: two commands at once, to be counted twice.
  event(),
  event(),
];

describe.each(['jsonl', 'csv'] as const)('%s', (format) => {
  test('what is exported and imported elsewhere is the same, and importing it again changes nothing', async () => {
    const [source, target] = [storeWith(various), storeWith()];
    const file = exported(source, format);
    expect(await importText(target, file, format)).toEqual({
      stored: 8,
      duplicates: 0,
      dropped: {},
      keptOut: {},
    });
    const withoutUuid = (store: Store) => storedRows(store).map(({ uuid: _, ...rest }) => rest);
    expect(withoutUuid(target)).toEqual(withoutUuid(source));
    expect(await importText(target, file, format)).toMatchObject({ stored: 0, duplicates: 8 });
    expect(exported(target, format)).toBe(file);
  });

  test('a store recognises its own export', async () => {
    const store = storeWith(various);
    expect(await importText(store, exported(store, format), format)).toMatchObject({
      stored: 0,
      duplicates: 8,
    });
  });
});

test.each(['jsonl', 'csv'] as const)(
  'what retention has dropped is not counted again by importing it (%s)',
  async (format) => {
    const store = storeWith(various);
    const file = exported(store, format);
    store.catchUp();
    expect([...store.dropRawBefore(now)]).toEqual([8]);
    expect(await importText(store, file, format)).toMatchObject({ stored: 0, duplicates: 8 });
    // As PostHog gives it: with a uuid that the store was told.
    const posthogs = exported(storeWith([event({ uuid: new Uint8Array(16).fill(9) })]), format);
    expect(await importText(store, posthogs, format)).toMatchObject({ stored: 1, duplicates: 0 });
    store.catchUp();
    expect([...store.dropRawBefore(now)]).toEqual([1]);
    expect(await importText(store, posthogs, format)).toMatchObject({ stored: 0, duplicates: 1 });
    expect(store.isEmpty()).toBe(true);
  },
);

test('an event that only has the number of one of ours is not taken for it', async () => {
  const source = storeWith([event()]);
  const file = exported(source, 'jsonl').replace('2026-01-15T12', '2026-01-15T13');
  expect(await importText(source, file, 'jsonl')).toMatchObject({ stored: 1, duplicates: 0 });
});

test('a cell can’t start a formula in a spreadsheet', () => {
  const cells = exported(storeWith(various), 'csv')
    .split('\n')
    .flatMap((line) => line.split(','));
  expect(cells.filter((cell) => /^"?[=+@-]/.test(cell))).toEqual([]);
});

test('PostHog’s exports are read: JSON lines, nested or textual properties, CSV with a star', async () => {
  const properties = {
    $lib: 'posthog',
    $ip: '192.0.2.1',
    project_hash: '6d7e561d62b955d1',
    is_build: true,
    deploy_cmd_args: '',
    wasp_version: '0.11.8',
    os: 'darwin',
    context: 'gitpod',
  };
  const lines = [
    {
      uuid: '01940000-0000-7000-8000-000000000001',
      timestamp: '2024-02-29T10:00:00.123000+00:00',
      properties,
    },
    {
      uuid: '01940000-0000-7000-8000-000000000002',
      timestamp: '2024-02-29 10:00:00.123000',
      properties: JSON.stringify(properties),
    },
    {
      uuid: '01940000-0000-7000-8000-000000000003',
      timestamp: '2024-02-29 12:00:00.123000+02:00',
      properties,
    },
  ].map((line) => JSON.stringify({ event: 'cli', distinct_id: ID, elements_chain: '', ...line }));
  const quoted = `"${JSON.stringify(properties).replaceAll('"', '""')}"`;
  const csv = [
    '*.uuid,*.event,*.distinct_id,*.timestamp,*.properties',
    `01940000-0000-7000-8000-000000000004,cli,${ID},2024-02-29 10:00:00.123000+00:00,${quoted}`,
  ].join('\r\n');
  const columns = [
    'uuid,event,distinct_id,timestamp,properties.project_hash,properties.is_build,properties.wasp_version,properties.os,properties.context',
    `01940000-0000-7000-8000-000000000005,cli,${ID},2024-02-29T10:00:00.123Z,6d7e561d62b955d1,True,0.11.8,darwin,gitpod`,
  ].join('\n');

  const store = storeWith();
  await importText(store, lines.join('\n'), 'jsonl');
  await importText(store, csv, 'csv');
  await importText(store, columns, 'csv');
  const expected = {
    received_at: Date.UTC(2024, 1, 29, 10, 0, 0, 123),
    kind: 0,
    distinct_id: ID,
    project_hash: '6d7e561d62b955d1',
    is_build: 1,
    wasp_version: '0.11.8',
    os: 'darwin',
    context: 'gitpod',
  };
  expect(storedRows(store)).toMatchObject(Array(5).fill(expected));
});

test('what is no event of ours is counted by reason, the rest is stored', async () => {
  const line = exported(storeWith([event()]), 'jsonl').trim();
  const lines = [
    line,
    '{',
    '7',
    line.replace('"cli"', '"$pageview"'),
    line.replace('2026-01', '1970-01'),
    '',
  ];
  expect(await importText(storeWith(), lines.join('\n'), 'jsonl')).toEqual({
    stored: 1,
    duplicates: 0,
    dropped: { bad_event: 2, unknown_event: 1, bad_timestamp: 1 },
    keptOut: {},
  });
});

test('imported events of any age are in the next report', async () => {
  const at = (day: number) => event({ receivedAt: Date.UTC(2026, 0, day) });
  const store = storeWith([at(10)]);
  const reports = () => store.activity().chunks.reduce((sum, { rows }) => sum + rows, 0);
  expect(reports()).toBe(1);
  await importText(store, exported(storeWith([at(11), at(5)]), 'jsonl'), 'jsonl');
  expect(reports()).toBe(3);
});

test('more events than a page come out complete, in order, and within a range', () => {
  const store = storeWith(Array.from({ length: 12_001 }, (_, index) => event({ receivedAt: index })));
  const times = (range?: { from: number; to: number }) =>
    [...readEvents(store, range)].map(({ receivedAt }) => receivedAt);
  expect(times()).toEqual(Array.from({ length: 12_001 }, (_, index) => index));
  expect(times({ from: 5, to: 8 })).toEqual([5, 6, 7]);
});
