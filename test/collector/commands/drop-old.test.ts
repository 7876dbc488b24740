import { dropOld } from '../../../src/collector/commands/drop-old.ts';

const HOUR = 3600_000;

test('however short retention is, nothing is dropped whose repetition has to be noticed', async () => {
  const cutoffs: number[] = [];
  const store = {
    contradictedTime: () => undefined,
    *dropRawBefore(cutoff: number) {
      cutoffs.push(cutoff);
      yield 0;
    },
  };
  await dropOld(store, 24 * HOUR);
  expect(cutoffs).toHaveLength(1);
  expect(cutoffs[0]).toBeLessThanOrEqual(Date.now() - 48 * HOUR);
});
