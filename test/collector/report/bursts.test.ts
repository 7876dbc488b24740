import { findBursts } from '../../../src/collector/report/bursts.ts';
import { timelines } from '../../../src/collector/report/timelines.ts';
import { openStore } from '../../../src/collector/store/open-store.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { event } from '../support/events.ts';

const QUARTER = 15 * 60_000;
const START = Date.UTC(2026, 0, 5);

/** `count` new ids, a quarter hour so many after the start. */
function newcomers(quarter: number, count: number, name = `q${quarter}`) {
  return Array.from({ length: count }, (_, index) =>
    event({ distinctId: `${name}-${index}`, receivedAt: START + quarter * QUARTER + index }),
  );
}

function bursts(events: ReturnType<typeof newcomers>, minimum = 20) {
  const store = openStore(temporaryDirectory());
  store.insert(events);
  const activity = store.activity();
  store.close();
  const nobody = new Uint8Array(activity.highestUser + 1);
  const local = timelines(activity, { environments: ['local'], leftOut: () => nobody });
  const { count, users } = findBursts(local, minimum);
  return [count, users.length];
}

test('twenty new ids in a quarter hour are a burst, nineteen are not', () => {
  expect(bursts([...newcomers(0, 1), ...newcomers(100, 20)])).toEqual([1, 20]);
  expect(bursts([...newcomers(0, 1), ...newcomers(100, 19)])).toEqual([0, 0]);
});

test('spread over two quarter hours they are none', () => {
  expect(bursts([...newcomers(0, 1), ...newcomers(100, 15), ...newcomers(101, 15)])).toEqual([0, 0]);
});

test('where many are new all the time, it takes four times as many', () => {
  const steady = Array.from({ length: 200 }, (_, quarter) => newcomers(quarter, 6)).flat();
  expect(bursts([...steady, ...newcomers(200, 23)])).toEqual([0, 0]);
  expect(bursts([...steady, ...newcomers(200, 24)])).toEqual([1, 24]);
});

test('who comes back after more than 25 hours is a person', () => {
  const back = (after: number) =>
    event({ distinctId: 'q100-0', receivedAt: START + (100 + after) * QUARTER });
  const burst = [...newcomers(0, 1), ...newcomers(100, 20)];
  expect(bursts([...burst, back(100)])).toEqual([1, 20]);
  expect(bursts([...burst, back(101)])).toEqual([1, 19]);
});

test('known ids make no burst, and neither do recognised environments', () => {
  const again = newcomers(0, 1).concat(newcomers(50, 10), newcomers(60, 10));
  const returning = newcomers(100, 10, 'q50').concat(newcomers(100, 10, 'q60'));
  expect(bursts([...again, ...returning])).toEqual([0, 0]);
  expect(bursts(newcomers(100, 40).map((one) => ({ ...one, context: 'CI' })))).toEqual([0, 0]);
});
