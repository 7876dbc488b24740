import {
  type Column,
  changeFromUsual,
  columnOf,
  isUnusual,
  verdict,
} from '../../../../src/collector/report/morning/matrix.ts';
import { report } from '../../../../src/collector/report/report.ts';
import { openStore } from '../../../../src/collector/store/open-store.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';
import { event } from '../../support/events.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Tuesday. */
const TODAY = Date.UTC(2026, 10, 24);
const NOW = TODAY + 7 * HOUR + 5 * 60_000;

/** So many new users at that time. */
function users(count: number, receivedAt: number) {
  return Array.from({ length: count }, (_, index) =>
    event({ distinctId: `${receivedAt}-${index}`, receivedAt, context: 'CI' }),
  );
}

function usedColumn(events: ReturnType<typeof users>, unit: 'day' | 'week' = 'day'): Column {
  const store = openStore(temporaryDirectory());
  store.insert(events);
  const { figures } = report(
    store.activity(),
    { unit, count: 3, timeZone: 'UTC', environment: 'ci', now: NOW, exclude: [], burstMinimum: null },
    ['morning'],
  );
  store.close();
  return columnOf(figures.morning?.matrix as NonNullable<typeof figures.morning>['matrix'], 'used');
}

const ago = (days: number) => TODAY - days * DAY;
const FIRST = users(1, ago(60));

test('yesterday is compared with the same weekday of four weeks, and with the day before', () => {
  const mondays = [4, 8, 6, 10].flatMap((count, week) => users(count, ago(1 + 7 * (week + 1))));
  const column = usedColumn([...FIRST, ...users(9, ago(1)), ...users(3, ago(2)), ...mondays]);
  expect(column).toMatchObject({ count: 9, before: 3, usual: { median: 7, low: 4, high: 10 } });
  expect([verdict(column), changeFromUsual(column)]).toEqual(['usual', 29]);
});

test('without four such days since the first report there is no usual', () => {
  const mondays = [1, 2, 3].flatMap((week) => users(5, ago(1 + 7 * week)));
  expect(usedColumn([...mondays, ...users(9, ago(1))])).toMatchObject({ count: 9, usual: null, pace: null });
  const late = users(5, ago(29) + HOUR);
  expect(usedColumn([...late, ...mondays, ...users(9, ago(1))]).usual).toBeNull();
  const whole = users(5, ago(29));
  expect(usedColumn([...whole, ...mondays, ...users(9, ago(1))]).usual).toEqual({
    median: 5,
    low: 5,
    high: 5,
  });
});

test('the pace is that of the four Tuesdays, the quarter hour of now included and no later one', () => {
  const tuesdays = [1, 2, 3, 4].flatMap((week) => [
    ...users(3, ago(7 * week) + 2 * HOUR),
    ...users(2, ago(7 * week) + 7 * HOUR + 14 * 60_000),
    ...users(7, ago(7 * week) + 7 * HOUR + 15 * 60_000),
  ]);
  const today = users(10, TODAY + 3 * HOUR);
  // 10 so far; the others had 4 × 5 by then and 4 × 12 in the end.
  expect(usedColumn([...FIRST, ...tuesdays, ...today])).toMatchObject({ pace: 24, series: [0, 0, 0, 10] });
  expect(usedColumn([...FIRST, ...tuesdays.slice(1), ...today]).pace).toBeNull();
});

test('weeks are compared with the four before', () => {
  const weeks = [2, 3, 4, 5, 6].flatMap((count, week) => users(count, ago(2 + 7 * week)));
  expect(usedColumn([...FIRST, ...weeks], 'week')).toMatchObject({
    ...{ count: 2, before: 3 },
    usual: { median: 4.5, low: 3, high: 6 },
  });
});

test('days that had ended before the first report have no number', () => {
  expect(usedColumn(users(4, ago(1) + 20 * HOUR))).toMatchObject({
    ...{ count: 4, before: null },
    series: [null, null, 4, 0],
  });
  expect(usedColumn(users(4, TODAY + HOUR))).toMatchObject({
    count: null,
    often: null,
    series: [null, null, null, 4],
  });
});

test.each([
  [10, { median: 7, low: 4, high: 10 }, 'usual', false],
  [11, { median: 7, low: 4, high: 10 }, 'above', false],
  [13, { median: 7, low: 4, high: 10 }, 'above', true],
  [3, { median: 7, low: 4, high: 10 }, 'below', false],
  [1, { median: 7, low: 4, high: 10 }, 'below', true],
  [2, { median: 0, low: 0, high: 0 }, 'above', false],
  [3, { median: 0, low: 0, high: 0 }, 'above', true],
  [3, null, 'unknown', false],
] as const)('%i of usually %j is %s; worth a word: %s', (count, usual, said, unusual) => {
  expect([verdict({ count, usual }), isUnusual({ count, usual })]).toEqual([said, unusual]);
});
