import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { openStore } from '../../../src/collector/store/open-store.ts';
import { cli } from '../../collector/support/cli.ts';
import { startCollector } from '../../collector/support/collector-process.ts';
import { event } from '../../collector/support/events.ts';
import { type OpenedStore, openedStore } from '../../collector/support/opened-store.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { until } from '../../support/until.ts';

const DAY = 24 * 3_600_000;

/** The number of the newest event in the rollups. */
function rollupsHold({ all }: OpenedStore): unknown {
  return all("SELECT value FROM meta WHERE key = 'rollup_watermark'")[0]?.value;
}

/** The page's own address, from the log. */
function pageOf(output: string): string {
  return /the page is at (http:\/\/[\d.:]+)\//.exec(output)?.[1] as string;
}

async function logIn(url: string, token: string): Promise<{ cookie: string }> {
  const answer = await fetch(`${url}/login`, {
    method: 'POST',
    body: new URLSearchParams({ token }),
    redirect: 'manual',
  });
  return { cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
}

test('the executable shows its own store’s figures to whoever has the token from the data directory', async () => {
  const directory = temporaryDirectory();
  const store = openStore(directory);
  store.insert([event({ distinctId: 'a' }), event({ distinctId: 'b' }), event({ distinctId: 'team' })]);
  store.close();
  const server = await startCollector(directory, ['--page-listen', '127.0.0.1:0', '--exclude', 'team']);
  const url = pageOf(server.output());
  const headers = await logIn(url, readFileSync(join(directory, 'page-token'), 'utf8').trim());

  const page = await until('the figures are calculated', async () => {
    const answer = await fetch(url, { headers });
    return answer.status === 202 ? undefined : answer.text();
  });
  expect(page).toMatch(/<th scope="row">local<\/th><td>2<\/td><td>2<\/td>/);
  expect(page).toContain('Left out: 1 excluded id;');

  const problem = await fetch(`${url}/?timezone=Mars`, { headers });
  expect([problem.status, await problem.text()]).toEqual([
    400,
    expect.stringContaining('no time zone &quot;Mars&quot;'),
  ]);
  expect(await server.end('SIGTERM')).toBe(0);
});

test('whoever may report can’t read: the page isn’t on the listener that receives', async () => {
  const directory = temporaryDirectory();
  const server = await startCollector(directory, ['--page-listen', '127.0.0.1:0']);
  for (const path of ['/', '/login', '/csv/totals.csv', '/page.js']) {
    expect((await fetch(server.url + path)).status).toBe(404);
  }
  expect(await server.end('SIGTERM')).toBe(0);
});

test('a page that can’t listen is said, and nothing is left running', async () => {
  const directory = temporaryDirectory();
  const server = await startCollector(directory, ['--page-listen', '127.0.0.1:0']);
  const { port } = new URL(pageOf(server.output()));
  const { code, stderr } = await cli([
    'serve',
    '--data',
    temporaryDirectory(),
    '--listen',
    '127.0.0.1:0',
    '--page-listen',
    port,
  ]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^wasp-collector: Can't show the page on 127\.0\.0\.1:\d+: .*EADDRINUSE/);
  await server.end('SIGTERM');
});

test('while it serves, the rollups follow and retention drops what they hold', async () => {
  const directory = temporaryDirectory();
  const store = openedStore(directory);
  store.insert([
    event({ distinctId: 'old', receivedAt: Date.now() - 30 * DAY }),
    event({ distinctId: 'new', receivedAt: Date.now() }),
  ]);
  const serve = await startCollector(directory);
  await until('the rollups have caught up', () => rollupsHold(store) === 2);
  await serve.end('SIGTERM');

  const again = await startCollector(directory, ['--keep-raw', '10d']);
  const events = () => store.eventsSince(0, 10).length;
  await until('the old event is dropped', () => events() === 1);
  await again.end('SIGTERM');
  expect((await cli(['report', 'totals', '--data', directory])).stdout).toMatch(/^local +2 +2 +0 +0 +2$/m);
});

test('the executable draws pictures, marks notes, and shows the first report within a minute of its coming', async () => {
  const directory = temporaryDirectory();
  const server = await startCollector(directory, ['--page-listen', '127.0.0.1:0']);
  const url = pageOf(server.output());
  const headers = await logIn(url, readFileSync(join(directory, 'page-token'), 'utf8').trim());
  const page = async () => (await fetch(url, { headers })).text();
  await until('there is a page', async () => (await page()).includes('No report has been received yet'));

  const body = JSON.stringify({
    api_key: 'a key',
    event: 'cli',
    properties: { ...PROPERTIES, distinct_id: '0b3b3a57-6f0d-4b3c-9b2a-3f1f6c1d2e4f' },
  });
  const sent = await fetch(`${server.url}/capture`, { method: 'POST', body });
  expect(sent.status).toBe(200);
  await until('the report is on the page', async () => (await page()).includes('1 report received just now'));

  const today = new Date().toISOString().slice(0, 10);
  expect((await cli(['note', today, 'First reports', '--data', directory])).code).toBe(0);
  const svg = await fetch(`${url}/svg/projects.svg?period=day&last=3`, { headers });
  expect(await svg.text()).toContain('>First reports</text>');
  const png = Buffer.from(
    await (await fetch(`${url}/png/projects.png?period=day&last=3`, { headers })).arrayBuffer(),
  );
  expect(PNG.sync.read(png).width).toBe(1120);
  expect(await server.end('SIGTERM')).toBe(0);
});

const PROPERTIES = {
  project_hash: '6d7e561d62b955d1',
  is_build: false,
  deploy_cmd_args: '',
  wasp_version: '0.25.0',
  os: 'linux',
  context: '',
};

test.each([
  ['0.0.0.0:0', [], true],
  ['[::]:0', [], true],
  ['0.0.0.0:0', ['--page-https'], false],
  ['127.0.0.1:0', [], false],
  ['[::1]:0', [], false],
  ['localhost:0', [], false],
])('a page on %s %j is warned of as plain HTTP in public: %s', async (address, options, isWarned) => {
  const server = await startCollector(temporaryDirectory(), ['--page-listen', address, ...options]);
  expect(server.output().includes('WARNING: the page is plain HTTP on a public address')).toBe(isWarned);
  expect(await server.end('SIGTERM')).toBe(0);
});
