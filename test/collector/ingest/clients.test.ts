import { gzipSync } from 'node:zlib';
import { PostHog } from 'posthog-node';
import { type Body, ingestServer } from '../support/ingest.ts';
import { INSTALL_SCRIPT, NPM_POSTINSTALL, REAL_WASP_REPORT, report } from '../support/reports.ts';

const landed = {
  kind: 0,
  distinct_id: '2ae05e06-77ce-4bc7-8697-36353371f432',
  project_hash: '7823100eae2f0439',
  is_build: 0,
  deploy_cmd_args: 'railway;launch',
  wasp_version: '0.25.0',
  os: 'linux',
  context: 'NON_INTERACTIVE_SHELL',
};

test('a report of the real Wasp is stored with all that it says', async () => {
  const server = await ingestServer({ clock: () => 1_800_000_000_000 });
  const response = await server.post('/capture', JSON.stringify(REAL_WASP_REPORT));
  expect([response.status, await response.text()]).toEqual([200, '{"status":1}']);
  expect(server.stored()).toEqual([
    { id: 1, received_at: 1_800_000_000_000, client_time: null, uuid: null, ...landed },
  ]);
});

test.each([
  '/capture',
  '/capture/',
  '/batch',
  '/batch/',
  '/e',
  '/e/',
  '/i/v0/e',
  '/i/v0/e/',
  '/e/?ip=0&ver=1.449',
])('%s takes reports', async (path) => {
  const server = await ingestServer();
  expect((await server.post(path, report())).status).toBe(200);
  expect(server.stored()).toHaveLength(1);
});

test('an npm installation is stored, its distinct_id taken from the top level', async () => {
  const server = await ingestServer();
  await server.post('/capture', JSON.stringify(NPM_POSTINSTALL));
  expect(server.stored()).toMatchObject([
    {
      kind: 2,
      distinct_id: '213451763809911222',
      project_hash: null,
      os: 'osx',
      context: 'CI',
      wasp_version: '',
    },
  ]);
});

test('an installation by script is stored, also when curl calls the body a form', async () => {
  const server = await ingestServer();
  await server.post('/capture', JSON.stringify(INSTALL_SCRIPT), {
    'content-type': 'application/x-www-form-urlencoded',
  });
  expect(server.stored()).toMatchObject([
    { kind: 1, distinct_id: INSTALL_SCRIPT.properties.distinct_id, os: 'linux' },
  ]);
});

test('posthog-node delivers, and a repeated delivery of the same uuid is stored once', async () => {
  const server = await ingestServer();
  const uuid = '01940000-0000-7000-8000-000000000001';
  for (let delivery = 0; delivery < 2; delivery += 1) {
    const client = new PostHog('key', { host: server.url, flushAt: 2, disableGeoip: true });
    const properties = { ...REAL_WASP_REPORT.properties };
    client.capture({ distinctId: properties.distinct_id, event: 'cli', properties, uuid });
    client.capture({
      distinctId: '7700000000000000',
      event: 'install-script:run',
      properties: { os: 'linux' },
    });
    await client.shutdown();
  }
  expect(server.stored().filter(({ kind }) => kind === 0)).toMatchObject([landed]);
  expect(server.stored()).toHaveLength(3);
  expect(server.stored()[0]?.client_time).toBeGreaterThan(Date.now() - 60_000);
  expect(await server.metric('events_duplicate_total')).toBe(1);
});

describe('posthog-js', () => {
  const event = {
    event: 'cli',
    uuid: '01940000-0000-7000-8000-000000000002',
    timestamp: new Date().toISOString(),
    properties: { ...REAL_WASP_REPORT.properties, token: 'key', $lib: 'web', $current_url: 'http://x/' },
  };
  const encodings: [string, string, string, Body][] = [
    ['one event as JSON', '/e/?ip=0', 'application/json', JSON.stringify(event)],
    ['a queue as gzip', '/i/v0/e/?compression=gzip-js', 'text/plain', gzipSync(JSON.stringify([event]))],
    [
      'a closing page as base64',
      '/e/?compression=base64',
      'application/x-www-form-urlencoded',
      `data=${encodeURIComponent(Buffer.from(JSON.stringify([event])).toString('base64'))}`,
    ],
  ];
  test.each(encodings)('%s is stored', async (_name, path, type, body) => {
    const server = await ingestServer({ apiKeys: ['key'] });
    expect((await server.post(path, body, { 'content-type': type })).status).toBe(200);
    expect(server.stored()).toMatchObject([landed]);
    expect(server.stored()[0]?.client_time).toBe(Date.parse(event.timestamp));
  });
});

test('a gzipped batch with one envelope key is stored, the bad event in it counted', async () => {
  const server = await ingestServer({ apiKeys: ['key'] });
  const { api_key: _, ...event } = REAL_WASP_REPORT;
  const body = gzipSync(JSON.stringify({ api_key: 'key', batch: [event, { event: '$pageview' }, event] }));
  expect((await server.post('/batch/', body, { 'content-encoding': 'gzip' })).status).toBe(200);
  expect(server.stored()).toHaveLength(2);
  expect(await server.metric('events_received_total')).toBe(3);
  expect(await server.metric('events_dropped_total{reason="unknown_event"}')).toBe(1);
});
