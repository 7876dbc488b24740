import type { Attempt } from '../../../src/front-end/sender/attempt.ts';
import {
  attemptName,
  clearJournal,
  readAttempts,
  tidyJournal,
  unreadableAttempts,
  writeAttempt,
} from '../../../src/front-end/sender/journal.ts';
import { type FakeHost, fakeHost, NOW } from '../../support/fake-host.ts';

const attempt = (
  time: number,
  outcome: Attempt['outcome'] = { kind: 'delivered', status: 200 },
): Attempt => ({
  time,
  command: 'other',
  slot: 'other',
  url: 'http://127.0.0.1:9/',
  body: '{"api_key":"k"}',
  outcome,
});

const HASH = '0123456789abcdef';
const OTHER_HASH = 'fedcba9876543210';

function write(host: FakeHost, attempt: Attempt, hash: string): void {
  writeAttempt(host, '/t', attemptName(attempt.time, hash, attempt.slot), attempt);
}

test('attempts are read as they were written, oldest first', () => {
  const host = fakeHost();
  for (const time of [NOW + 2, NOW, NOW + 1]) write(host, attempt(time), HASH);
  expect(readAttempts(host, '/t')).toEqual([attempt(NOW), attempt(NOW + 1), attempt(NOW + 2)]);
});

test('an attempt’s outcome replaces what was noted when it began', () => {
  const host = fakeHost();
  write(host, attempt(NOW, { kind: 'unknown', why: 'stopped' }), HASH);
  write(host, attempt(NOW), HASH);
  expect(readAttempts(host, '/t')).toEqual([attempt(NOW)]);
});

test('attempts of other projects at the same time are kept apart', () => {
  const host = fakeHost();
  write(host, attempt(NOW), HASH);
  write(host, attempt(NOW), OTHER_HASH);
  expect(readAttempts(host, '/t')).toHaveLength(2);
});

test('an attempt from before a clock was put right is not the last one, and is forgotten first', () => {
  const host = fakeHost();
  const ahead = NOW + 24 * 3_600_000;
  for (const time of [NOW - 2, ahead, NOW - 1]) write(host, attempt(time), HASH);
  expect(readAttempts(host, '/t').map(({ time }) => time)).toEqual([ahead, NOW - 2, NOW - 1]);
});

test('it is bounded: the oldest of more than 200 are forgotten', () => {
  const host = fakeHost();
  for (let n = 0; n < 230; n++) write(host, attempt(NOW + n), HASH);
  tidyJournal(host, '/t');
  const kept = readAttempts(host, '/t');
  expect([kept.length, kept[0]?.time]).toEqual([200, NOW + 30]);
});

test.each(['', '{', '[]', 'null', '{"time":"soon"}', '{"time":"2026-11-22T12:00:00Z"}'])(
  'a file holding %j is passed over',
  (content) => {
    const host = fakeHost();
    write(host, attempt(NOW), HASH);
    host.files.put('/t/attempts/0.json', content);
    expect(readAttempts(host, '/t')).toEqual([attempt(NOW)]);
  },
);

test.each<[string, object]>([
  ['an outcome of another kind', { outcome: { kind: 'lost' } }],
  ['an outcome that is no object', { outcome: 5 }],
  ['an outcome without its status', { outcome: { kind: 'delivered' } }],
  ['an outcome without its reason', { outcome: { kind: 'unknown', why: { a: 1 } } }],
  ['messages of another kind', { messages: { kind: 'lost', serial: 1 } }],
  ['messages that are no object', { messages: 5 }],
  ['messages without their notes', { messages: { kind: 'accepted', serial: 1 } }],
  ['an address that is no text', { url: 5 }],
  ['a command of another kind', { command: {} }],
  ['a slot of another kind', { slot: 'news' }],
])('an attempt with %s is passed over, and counted', (_, changed) => {
  const host = fakeHost();
  write(host, attempt(NOW), HASH);
  const entry = { ...attempt(NOW), time: '2026-11-22T12:00:00Z' };
  host.files.put('/t/attempts/0.json', JSON.stringify({ ...entry, ...changed }));
  expect(readAttempts(host, '/t')).toEqual([attempt(NOW)]);
  expect(unreadableAttempts(host, '/t')).toBe(1);
  host.files.put('/t/attempts/0.json', JSON.stringify(entry));
  expect(unreadableAttempts(host, '/t')).toBe(0);
});

test('cleared, it is empty', () => {
  const host = fakeHost();
  write(host, attempt(NOW), HASH);
  clearJournal(host, '/t');
  expect(host.files.all()).toEqual({});
});
