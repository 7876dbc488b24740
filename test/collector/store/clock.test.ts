import { event } from '../support/events.ts';
import { openedStore } from '../support/opened-store.ts';

const DAY = 24 * 3600_000;
const NOW = Date.UTC(2026, 0, 15, 12);

test('a clock that follows the newest event, and then itself, is believed', () => {
  const { insert, contradictedTime } = openedStore();
  expect(contradictedTime(NOW - 400 * DAY, false)).toBeUndefined();
  const { insert: received, contradictedTime: contradicted } = openedStore();
  insert([event()]);
  received([event({ receivedAt: NOW }), event({ receivedAt: NOW - 300 * DAY })]);
  for (const days of [0, 1, 2, 2.9]) expect(contradicted(NOW + days * DAY, false)).toBeUndefined();
  // Set back, it drops too little and nothing that it shouldn't.
  expect(contradicted(NOW - 9 * DAY, false)).toBeUndefined();
});

test('a clock that is ahead by more than a day is not believed, whatever is received under it, until it is confirmed', () => {
  const { insert, contradictedTime } = openedStore();
  insert([event({ receivedAt: NOW })]);
  const ahead = NOW + 1100 * DAY;
  expect(contradictedTime(ahead, false)).toBe(NOW);
  insert([event({ receivedAt: ahead })]);
  expect(contradictedTime(ahead, false)).toBe(NOW);
  expect(contradictedTime(ahead, true)).toBeUndefined();
  expect(contradictedTime(ahead + 1, false)).toBeUndefined();
});
