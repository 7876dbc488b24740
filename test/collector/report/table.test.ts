import { percentage, sharesOfWhole } from '../../../src/collector/report/table.ts';

const percents = (counts: number[]) => sharesOfWhole(counts).map(percentage);

test('shares of a whole add up to 100 %, the largest remainders rounded up', () => {
  expect(percents([1, 1, 1])).toEqual(['34 %', '33 %', '33 %']);
  expect(percents([2, 2, 2, 1])).toEqual(['29 %', '29 %', '28 %', '14 %']);
  expect(percents([5, 0])).toEqual(['100 %', '0 %']);
});

test('shares of nothing are dashes', () => {
  expect(percents([0, 0])).toEqual(['–', '–']);
});

test.each(Array.from({ length: 50 }, (_, seed) => seed))('any counts, %i', (seed) => {
  const counts = Array.from({ length: 1 + (seed % 13) }, (_, index) => (seed * 7919 * (index + 1)) % 101);
  const shares = sharesOfWhole(counts);
  const whole = counts.reduce((sum, count) => sum + count, 0);
  if (whole === 0) return;
  expect(shares.reduce((sum, { percent = Number.NaN }) => sum + percent, 0)).toBe(100);
  for (const { count, percent = Number.NaN } of shares) {
    expect(Math.abs(percent - (100 * count) / whole)).toBeLessThan(1);
  }
});
