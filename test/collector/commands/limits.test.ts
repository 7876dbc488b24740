import { limitText } from '../../../src/collector/commands/report/limits.ts';
import { completePeriods, type PeriodUnit } from '../../../src/collector/report/periods.ts';
import type { Report } from '../../../src/collector/report/report.ts';

const NOW = Date.UTC(2026, 10, 24, 7);

function limit(unit: PeriodUnit, count: number, since: string | null, asked: number | undefined) {
  const periods = completePeriods(unit, count, 'UTC', NOW);
  return limitText({ periods, since: since === null ? null : Date.parse(since) } as Report, asked);
}

test('nothing is said where every period has numbers, or none was asked for', () => {
  expect(limit('day', 14, '2026-01-01', 14)).toBeUndefined();
  expect(limit('day', 14, '2026-11-10T23:45Z', 14)).toBeUndefined();
  expect(limit('day', 14, '2026-11-20', undefined)).toBeUndefined();
});

test('more periods than a report has', () => {
  expect(limit('day', 366, '2020-01-01', 500)).toBe(
    '--last 500 is more than a report has; this one is about 366 days.',
  );
});

test.each([
  ['day', 14, '2026-11-20T12:00Z', 14, '4 of 14 days have numbers.'],
  ['day', 366, '2026-11-23T12:00Z', 366, '1 of 366 days has numbers.'],
  ['week', 12, '2026-11-23T12:00Z', 12, '0 of 12 weeks have numbers.'],
  ['month', 24, '2026-01-31T23:45Z', 24, '10 of 24 months have numbers.'],
] as const)('fewer %ss since the first report: of %i from %s', (unit, count, since, asked, said) => {
  expect(limit(unit, count, since, asked)).toBe(`the first report came on ${since.slice(0, 10)}; ${said}`);
});
