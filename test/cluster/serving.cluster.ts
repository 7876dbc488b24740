import { spawn } from 'node:child_process';
import { startSingle } from '../../scripts/clickhouse/cluster.ts';
import { path } from '../../scripts/paths.ts';
import { parseAddress } from '../../src/collector/clickhouse/address.ts';
import { createSchema } from '../../src/collector/clickhouse/manage-schema.ts';
import { cleanup } from '../support/cleanup.ts';
import { temporaryFolder } from '../support/home.ts';
import { kill } from '../support/kill.ts';
import { until } from '../support/until.ts';
import { numberFrom } from './support/ship.ts';

let single: Awaited<ReturnType<typeof startSingle>>;

beforeAll(async () => {
  single = await startSingle();
});
afterAll(() => single.close());

async function serve(...options: string[]) {
  const address = `clickhouse://${single.address}/wasp`;
  await createSchema(parseAddress(address));
  return serveTo(address, ...options);
}

async function serveTo(address: string, ...options: string[]) {
  const args = [
    'serve',
    '--data',
    temporaryFolder(),
    '--listen',
    '127.0.0.1:0',
    '--ship-to',
    address,
    ...options,
  ];
  const child = spawn(process.execPath, [path('bin/wasp-collector.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env },
  });
  cleanup(() => kill(child));
  let output = '';
  child.stdout.on('data', (piece) => {
    output += piece;
  });
  const url = await until('it listens', () => /listening on (\S+?),/.exec(output)?.[1]);
  const send = (id: string) =>
    fetch(`${url}/capture`, {
      method: 'POST',
      body: JSON.stringify({
        ...{ api_key: 'test', event: 'cli', distinct_id: id },
        properties: {
          project_hash: '0123456789abcdef',
          is_build: false,
          wasp_version: '0.25.0',
          os: 'linux',
          context: '',
        },
      }),
    });
  const metrics = async () => (await fetch(`${url}/metrics`)).text();
  const metric = async (name: string) => {
    const text = await metrics();
    return Number(new RegExp(`^wasp_collector_shipping_${name} (.*)$`, 'm').exec(text)?.[1] ?? Number.NaN);
  };
  return { address, child, send, metric, metrics, output: () => output };
}

const STORED = 'SELECT count() FROM events FINAL';

const lastError = (reason: string) =>
  new RegExp(`^wasp_collector_shipping_last_error\\{reason="${reason}"\\} 1\\d{9}`, 'm');

test('what is received is shipped while receiving goes on, also after ClickHouse was away', async () => {
  const { address, child, send, metric, metrics, output } = await serve();
  expect((await send('7f1b0a52-8c2d-4d0e-9a55-2f6f3b1c9d10')).status).toBe(200);
  await until('it is shipped', async () => (await numberFrom(address, STORED)) === 1, 60_000);
  await single.stop();
  expect((await send('7f1b0a52-8c2d-4d0e-9a55-2f6f3b1c9d11')).status).toBe(200);
  await until('the metrics say that it fails', async () => (await metric('failing')) === 1, 60_000);
  expect(await metric('waiting_events')).toBe(1);
  expect(await metric('retries')).toBeGreaterThan(0);
  expect(await metrics()).toMatch(lastError('ECONNREFUSED'));
  expect(output()).toMatch(/shipping waits: ClickHouse at/);
  await single.start();
  await until(
    'it is shipped too',
    async () => (await numberFrom(address, STORED).catch(() => 0)) === 2,
    90_000,
  );
  await until('the metrics say so', async () => (await metric('waiting_events')) === 0, 60_000);
  expect(await metric('failing')).toBe(0);
  expect(await metrics()).toMatch(lastError('ECONNREFUSED'));
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  expect(await closed).toBe(0);
});

test('the page is answered by ClickHouse where --page-data says so', async () => {
  process.env.WASP_COLLECTOR_PAGE_TOKEN = 'a-token-for-this-test-only';
  const address = `clickhouse://${single.address}/wasp`;
  const { output } = await serve('--page-listen', '127.0.0.1:0', '--page-data', address);
  const url = await until('the page listens', () => /the page is at (\S+?),/.exec(output())?.[1]);
  const login = await fetch(`${url}login`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: new URL(url).origin },
    body: new URLSearchParams({ token: 'a-token-for-this-test-only' }),
  });
  const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? '';
  const page = await until(
    'the answer is there',
    async () => {
      const answer = await fetch(url, { headers: { cookie } });
      return answer.status === 200 ? answer.text() : undefined;
    },
    60_000,
  );
  // This receiver's own store is empty; what the first test sent lies in ClickHouse.
  expect(page).toContain('2 reports');
});

test('what waits grows in the metrics also while no process ships, since ClickHouse refuses', async () => {
  const { child, send, metric, metrics, output } = await serveTo(
    `clickhouse://${single.address}/no_such_database`,
  );
  await until('the journal says why', () => /shipping waits: .*ship --create/.test(output()), 60_000);
  expect(await metric('waiting_events')).toBe(0);
  expect((await send('7f1b0a52-8c2d-4d0e-9a55-2f6f3b1c9d12')).status).toBe(200);
  expect(await metric('waiting_events')).toBe(1);
  expect(await metric('failing')).toBe(1);
  expect(await metrics()).toMatch(lastError('clickhouse_81'));
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  expect(await closed).toBe(0);
});
