import { difference, interval } from '../../../../src/collector/report/versions/difference.ts';

// Examples (a), (b) and (d) of Newcombe's paper, by its method 10.
test.each([
  [56, 70, 48, 80, [20, 5.2, 33.4]],
  [9, 10, 3, 10, [60, 17.1, 80.9]],
  [5, 56, 0, 29, [8.9, -3.8, 19.3]],
] as const)('%i of %i against %i of %i', (count, of, otherCount, otherOf, [points, low, high]) => {
  expect(interval({ count, of }, { count: otherCount, of: otherOf })).toEqual({ points, low, high });
});

test('fewer than thirty on either side are too few to say', () => {
  expect(difference({ count: 29, of: 29 }, { count: 0, of: 100 })).toBeNull();
  expect(difference({ count: 29, of: 100 }, { count: 0, of: 0 })).toBeNull();
  expect(difference({ count: 30, of: 30 }, { count: 0, of: 30 })?.points).toBe(100);
});
