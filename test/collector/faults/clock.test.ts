import { ingestServer } from '../support/ingest.ts';
import { TrackedLoad } from '../support/tracked-load.ts';

const YEAR = 365 * 86_400_000;

test('whatever the system clock does, every acknowledged report is stored once, at the time that it showed', async () => {
  const start = Date.UTC(2026, 1, 28, 23, 59, 59);
  const jumps = [0, 1, -3_600_000, YEAR, -YEAR, -20 * YEAR, 0, 30 * YEAR, 2];
  let now = start;
  const server = await ingestServer({ clock: () => now, addressLimit: 20 });
  const load = new TrackedLoad();
  for (const jump of jumps) {
    now = start + jump;
    for (let report = 0; report < 10; report += 1) expect(await load.send(server.address.port)).toBe(200);
  }
  const stored = server.stored();
  load.expectStored(stored.map(({ distinct_id }) => distinct_id));
  expect(stored.map(({ received_at }) => received_at - start)).toEqual(
    jumps.flatMap((jump) => Array(10).fill(jump)),
  );
});
