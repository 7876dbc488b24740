/** docs/clickhouse.md, step by step: its configuration runs the cluster, its command makes the tables. */
import { startCluster, type TestCluster } from '../../scripts/clickhouse/cluster.ts';
import { documentedShip } from '../../scripts/clickhouse/documented.ts';
import type { Event } from '../../src/collector/store/event.ts';
import { openStore } from '../../src/collector/store/open-store.ts';
import { NOW, randomEvents } from '../collector/report/support/random-events.ts';
import { temporaryFolder } from '../support/home.ts';
import { until } from '../support/until.ts';
import { collector } from './support/collector.ts';
import { ended, numberFrom, spawnShip } from './support/ship.ts';

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.close());

function receiver(events: readonly Event[]) {
  const dataDir = temporaryFolder();
  const store = openStore(dataDir);
  store.insert([...events]);
  return { dataDir, store };
}

/** By uuid; those without one are all different. */
function different(events: readonly Event[]): number {
  return new Set(events.map(({ uuid }, index) => (uuid ? Buffer.from(uuid).toString('hex') : index))).size;
}

test('three receivers ship at once to the cluster of the docs, which then answers as one store with all their reports', async () => {
  const events = randomEvents(3);
  const half = events.length / 2;
  const union = receiver(events);
  const receivers = [0, 1, 2].map((part) =>
    receiver(events.filter((_, index) => index < half && index % 3 === part)),
  );
  const servers = cluster.shards.flat().map(({ settings }) => settings.ports);
  const made = documentedShip({ servers }, receivers[0]?.dataDir as string);
  const to = made[made.indexOf('--to') + 1] as string;
  expect(to).toMatch(/^clickhouse:\/\/wasp@127.0.0.1:\d+,.*\/wasp\?cluster=wasp$/);
  expect(await collector(...made)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^shipped/) });

  const children = receivers.map(({ dataDir }) => spawnShip(dataDir, to, '--follow', '--state'));
  const ends = children.map(ended);
  // What comes while they ship: the other half, and what another one has had already, known by its uuid.
  for (const [part, { store }] of receivers.entries()) {
    store.insert(events.filter((_, index) => index >= half && index % 3 === part));
    store.insert(events.filter(({ uuid }, index) => uuid !== null && index % 3 === (part + 1) % 3));
  }
  const stored = (server: number, sql: string) =>
    numberFrom(`clickhouse://127.0.0.1:${servers[server]?.http}/wasp`, sql);
  await until(
    'everything is there, on both replicas of each shard',
    async () => {
      const counts = await Promise.all(
        [0, 1, 2, 3].map((one) => stored(one, 'SELECT count() FROM events FINAL')),
      );
      const [a = 0, b = 0, c = 0, d = 0] = counts;
      return a === b && c === d && a + c === different(events);
    },
    120_000,
  );
  for (const child of children) child.kill('SIGTERM');
  for (const end of ends) expect((await end).code).toBe(0);
  const compared = ['compare', union.dataDir, to, '--now', new Date(NOW).toISOString()];
  expect(await collector(...compared)).toMatchObject({
    code: 0,
    stdout: expect.not.stringContaining('DIFFERENT'),
  });
  expect(await stored(0, 'SELECT uniqExact(receiver) FROM all_events')).toBe(3);
  for (const { store } of [union, ...receivers]) store.close();
});
