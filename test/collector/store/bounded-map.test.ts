import { BoundedMap } from '../../../src/collector/store/bounded-map.ts';

test('never holds more than its capacity, and keeps what is used', () => {
  const map = new BoundedMap<number, number>(10);
  for (let key = 0; key < 1000; key += 1) {
    map.set(key, key);
    map.get(0);
    expect(map.size).toBeLessThanOrEqual(10);
  }
  expect(map.get(0)).toBe(0);
  expect(map.get(999)).toBe(999);
  expect(map.get(500)).toBeUndefined();
});
