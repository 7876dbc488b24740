import { loginAttempts } from '../../../src/collector/page/login-attempts.ts';

const MINUTE = 60_000;

test('ten wrong tokens within a minute keep out their address, and no other, for that minute', () => {
  let now = Date.UTC(2026, 10, 18, 12);
  const attempts = loginAttempts(() => now);
  for (let count = 0; count < 10; count += 1) attempts.failed('192.0.2.1');
  expect([attempts.mayTry('192.0.2.1'), attempts.mayTry('192.0.2.2')]).toEqual([false, true]);
  now += MINUTE;
  expect(attempts.mayTry('192.0.2.1')).toBe(true);
});

test('a clock that is set back by a day locks nobody out for a day', () => {
  let now = Date.UTC(2026, 10, 18, 12);
  const attempts = loginAttempts(() => now);
  for (let count = 0; count < 10; count += 1) attempts.failed('192.0.2.1');
  now -= 24 * 60 * MINUTE;
  expect(attempts.mayTry('192.0.2.1')).toBe(true);
});
