import { slotOf, slotState } from '../../../src/front-end/telemetry/slot.ts';
import { HOUR, NOW } from '../../support/fake-host.ts';

test.each([
  [['build'], 'build'],
  [['build', 'start'], 'other'],
  [['build', ''], 'other'],
  [['--', 'build'], 'other'],
  [['Build'], 'other'],
  [['deploy'], 'other'],
  [['info'], 'other'],
  [[], 'other'],
])('%j belongs to the slot `%s`', (argv, slot) => {
  expect(slotOf(argv)).toBe(slot);
});

test.each([
  ['never used', undefined, 'open'],
  ['used just now', NOW, 'paused'],
  ['used exactly 12 hours ago', NOW - 12 * HOUR, 'paused'],
  ['used a millisecond more than 12 hours ago', NOW - 12 * HOUR - 1, 'open'],
  ['used long ago', 0, 'open'],
  ['used in a millisecond', NOW + 1, 'unclear'],
  ['used next year', NOW + 8760 * HOUR, 'unclear'],
])('a slot %s is %s', (_, stamp, state) => {
  expect(slotState(stamp, NOW)).toBe(state);
});
