import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { startSingle } from '../../scripts/clickhouse/cluster.ts';
import { openStore } from '../../src/collector/store/open-store.ts';
import { makeCertificate } from '../support/certificate.ts';
import { temporaryFolder } from '../support/home.ts';
import { collector } from './support/collector.ts';
import { reports } from './support/users.ts';

let single: Awaited<ReturnType<typeof startSingle>>;
let proxy: Server;
let address: string;
const [dataDir, folder] = [temporaryFolder(), temporaryFolder()];
const ca = join(folder, 'ca.pem');

beforeAll(async () => {
  single = await startSingle();
  const { key, cert } = await makeCertificate();
  writeFileSync(ca, cert);
  const [host, port] = single.address.split(':');
  proxy = createServer({ key, cert }, (socket) => {
    const upstream = connect(Number(port), host);
    socket.pipe(upstream).pipe(socket);
    for (const one of [socket, upstream]) one.on('error', () => {});
    socket.on('close', () => upstream.destroy());
    upstream.on('close', () => socket.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  address = `clickhouses://127.0.0.1:${(proxy.address() as { port: number }).port}/wasp`;
  const store = openStore(dataDir);
  store.insert(reports(100));
  store.close();
});
afterAll(async () => {
  proxy.close();
  await single.close();
});

test('a certificate that nobody vouches for is refused in a line', async () => {
  const { code, stderr } = await collector('ship', '--data', dataDir, '--to', address, '--create');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^wasp-collector: ClickHouse at 127\.0\.0\.1:\d+: .*certificate.*\n$/);
});

test('every command takes the certificates of --ca', async () => {
  const shipped = await collector('ship', '--data', dataDir, '--to', address, '--create', '--ca', ca);
  expect(shipped).toMatchObject({ code: 0, stderr: '' });
  const there = ['--data', address, '--ca', ca];
  const now = ['--now', '2026-11-20'];
  for (const command of [
    ['report', ...there, ...now],
    ['digest', ...there, ...now],
    ['public', ...there, ...now, '--output', join(folder, 'site')],
    ['export', ...there],
    ['check', ...there],
    ['forget', 'user-1', ...there],
    ['compare', address, address, '--ca', ca, ...now],
  ]) {
    expect([command[0], await collector(...command)]).toMatchObject([command[0], { code: 0 }]);
  }
});

test('a file of certificates that isn’t there is named', async () => {
  const { code, stderr } = await collector('report', '--data', address, '--ca', join(folder, 'none.pem'));
  expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('none.pem') });
});
