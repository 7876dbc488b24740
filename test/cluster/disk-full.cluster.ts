import { rmSync } from 'node:fs';
import { startSingle } from '../../scripts/clickhouse/cluster.ts';
import { parseAddress } from '../../src/collector/clickhouse/address.ts';
import { createSchema } from '../../src/collector/clickhouse/manage-schema.ts';
import { openStore } from '../../src/collector/store/open-store.ts';
import { cleanup } from '../support/cleanup.ts';
import { temporaryFolder } from '../support/home.ts';
import { mounted, testWithMount } from '../support/namespace.ts';
import { until } from '../support/until.ts';
import { ended, numberFrom, outputOf, spawnShip } from './support/ship.ts';
import { reports } from './support/users.ts';

const STORED = 'SELECT count() FROM events FINAL';
const COUNT = 300_000;

testWithMount('a ClickHouse whose disk is full gets everything once as soon as there is room', async () => {
  const disk = temporaryFolder();
  const mount = `mount -t tmpfs -o size=24m tmpfs ${disk} && head -c 20000000 /dev/zero > ${disk}/filler`;
  const server = await startSingle({ data: `${disk}/data`, wrapper: mounted(mount) });
  // Also when it fails: a server that runs on would keep the tests from ending.
  cleanup(() => server.close());
  const address = `clickhouse://${server.address}/wasp`;
  await createSchema(parseAddress(address));
  const dataDir = temporaryFolder();
  const store = openStore(dataDir);
  store.insert(reports(COUNT));
  const child = spawnShip(dataDir, address, '--follow', '--state');
  const [end, output] = [ended(child), outputOf(child)];
  await until(
    'it has been refused for want of space',
    () => /"retries":[1-9].*space/i.test(output()),
    60_000,
  );
  expect(await numberFrom(address, STORED)).toBeLessThan(COUNT);
  rmSync(`/proc/${server.pid()}/root${disk}/filler`);
  await until('everything is stored', async () => (await numberFrom(address, STORED)) === COUNT, 90_000);
  child.kill('SIGTERM');
  expect((await end).code).toBe(0);
  expect(await numberFrom(address, 'SELECT uniqExact(number) FROM events')).toBe(COUNT);
  store.close();
});
