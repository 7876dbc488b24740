import type { Shipped } from '../../../../src/collector/clickhouse/shipped.ts';
import { healthOf } from '../../../../src/collector/commands/serve/health.ts';
import { lagOf } from '../../../../src/collector/commands/serve/keep-shipping.ts';
import { openStore } from '../../../../src/collector/store/open-store.ts';
import { temporaryFolder } from '../../../support/home.ts';

const NOW = Date.UTC(2026, 10, 24);
const NOTHING: Shipped = {
  ...{ number: 0, waiting: 0, waitingSince: null, events: 0, batches: 0, retries: 0 },
  lastError: null,
};

/** What /health says while shipping is in this state. */
async function health(shipped: Partial<Shipped> | undefined) {
  const dataDir = temporaryFolder();
  const store = openStore(dataDir);
  const shipping = () => (shipped === undefined ? undefined : { ...NOTHING, ...shipped });
  const ask = healthOf({
    dataDir,
    store,
    damage: () => undefined,
    failure: () => undefined,
    shipping,
    now: () => NOW,
  });
  return ask().finally(() => store.close());
}

test('a report that has waited for an hour to be shipped is a warning and no problem', async () => {
  const { warnings, problems, facts } = await health({ waiting: 3, waitingSince: NOW - 3601_000 });
  expect(warnings).toContain('shipping_behind');
  expect(problems).toEqual([]);
  expect(facts).toMatchObject({ shipping_waiting_events: 3, shipping_lag_seconds: 3601 });
});

test('less than an hour is none', async () => {
  expect((await health({ waiting: 3, waitingSince: NOW - 3500_000 })).warnings).not.toContain(
    'shipping_behind',
  );
});

test('without shipping nothing is said of it', async () => {
  expect((await health(undefined)).facts).not.toHaveProperty('shipping_lag_seconds');
});

test('nothing that waits is no lag', () => {
  expect(lagOf(NOTHING, NOW)).toBe(0);
});
