/** What `check` must never say: that anything is wrong with a store that has been through all of this. */
import { randomEvents } from '../report/support/random-events.ts';
import { event } from '../support/events.ts';
import { openedStore } from '../support/opened-store.ts';

const DAY = 24 * 3600_000;

test('nothing is wrong after retention, late events, a user forgotten, a rebuild, and before the next catch-up', () => {
  const { insert, catchUp, dropRawBefore, forget, rebuild, check } = openedStore();
  const events = randomEvents(1, 5000);
  const times = events.map(({ receivedAt }) => receivedAt);
  const middle = (Math.min(...times) + Math.max(...times)) / 2;
  const steps = [
    () => insert(events.slice(0, 3000)),
    () => catchUp(),
    () => [...dropRawBefore(middle)],
    () => insert(events.slice(3000)),
    () => insert([event({ receivedAt: Math.min(...times) - DAY })]),
    () => catchUp(),
    () => forget([events[7]?.distinctId as string]),
    () => rebuild(),
    () => insert([event({ distinctId: 'a-new-one' })]),
  ];
  for (const step of steps) {
    step();
    expect(check({ quick: false })).toEqual([]);
  }
});
