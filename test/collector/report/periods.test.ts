import {
  completePeriods,
  periodFinder,
  UnknownTimeZoneError,
} from '../../../src/collector/report/periods.ts';

/** The bounds as times. */
function times(...[unit, count, timeZone, now]: Parameters<typeof completePeriods>): string[] {
  return completePeriods(unit, count, timeZone, now).bounds.map((quarterHour) =>
    new Date(quarterHour * 900_000).toISOString(),
  );
}

test('weeks begin on Monday, and the current one isn’t complete', () => {
  const sunday = Date.UTC(2026, 10, 22, 23, 59);
  expect(completePeriods('week', 2, 'UTC', sunday).labels).toEqual(['2026-11-02', '2026-11-09']);
  expect(completePeriods('week', 2, 'UTC', sunday + 60_000).labels).toEqual(['2026-11-09', '2026-11-16']);
});

test('what day it is depends on the time zone', () => {
  const noon = Date.UTC(2026, 10, 22, 12);
  expect(completePeriods('day', 1, 'Pacific/Kiritimati', noon).end).toBe('2026-11-23');
  expect(completePeriods('day', 1, 'Pacific/Pago_Pago', noon).end).toBe('2026-11-22');
});

test('the day on which clocks change has 23 or 25 hours', () => {
  expect(times('day', 1, 'Europe/Zagreb', Date.UTC(2026, 2, 30, 12))).toEqual([
    '2026-03-28T23:00:00.000Z',
    '2026-03-29T22:00:00.000Z',
  ]);
  expect(times('day', 1, 'Europe/Zagreb', Date.UTC(2026, 9, 26, 12))).toEqual([
    '2026-10-24T22:00:00.000Z',
    '2026-10-25T23:00:00.000Z',
  ]);
});

test('a day whose midnight the clock skips begins at its first moment', () => {
  // In Cairo, 24 April 2026 begins at one o’clock.
  expect(times('day', 1, 'Africa/Cairo', Date.UTC(2026, 3, 25, 12))).toEqual([
    '2026-04-23T22:00:00.000Z',
    '2026-04-24T21:00:00.000Z',
  ]);
});

test('half and three quarter hours are exact', () => {
  expect(times('day', 1, 'Asia/Kathmandu', Date.UTC(2026, 0, 10))[0]).toBe('2026-01-08T18:15:00.000Z');
  expect(times('day', 1, 'Australia/Lord_Howe', Date.UTC(2026, 3, 6))[0]).toBe('2026-04-04T13:00:00.000Z');
});

test('months have their own lengths, leap days included', () => {
  const { bounds, labels } = completePeriods('month', 3, 'UTC', Date.UTC(2024, 3, 1));
  expect(labels).toEqual(['2024-01-01', '2024-02-01', '2024-03-01']);
  expect(bounds.slice(1).map((bound, index) => (bound - (bounds[index] as number)) / 96)).toEqual([
    31, 29, 31,
  ]);
});

test('a period holds its first quarter hour and not the next one’s', () => {
  const periods = completePeriods('week', 3, 'Europe/Zagreb', Date.UTC(2026, 3, 15));
  const periodAt = periodFinder(periods);
  const [first, second, , end] = periods.bounds as [number, number, number, number];
  expect([first - 1, first, second - 1, second, end - 1, end].map(periodAt)).toEqual([-1, 0, 0, 1, 2, -1]);
});

test('an unknown time zone is named', () => {
  expect(() => completePeriods('day', 1, 'Europe/Atlantis', 0)).toThrow(UnknownTimeZoneError);
  expect(() => completePeriods('day', 1, 'Europe/Atlantis', 0)).toThrow(
    'There is no time zone "Europe/Atlantis".',
  );
});

test.each(['+05:07', '-00:01'])('no place has the time %s, and no day of it is counted', (offset) => {
  expect(() => completePeriods('day', 1, offset, 0)).toThrow(UnknownTimeZoneError);
});
