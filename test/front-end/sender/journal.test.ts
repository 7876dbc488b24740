import {
  type Attempt,
  clearJournal,
  readAttempts,
  writeAttempt,
} from '../../../src/front-end/sender/journal.ts';
import { fakeHost, NOW } from '../../support/fake-host.ts';

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

test('attempts are read as they were written, oldest first', () => {
  const host = fakeHost();
  for (const time of [NOW + 2, NOW, NOW + 1]) writeAttempt(host, '/t', attempt(time), 'hash');
  expect(readAttempts(host, '/t')).toEqual([attempt(NOW), attempt(NOW + 1), attempt(NOW + 2)]);
});

test('an attempt’s outcome replaces what was noted when it began', () => {
  const host = fakeHost();
  writeAttempt(host, '/t', attempt(NOW, { kind: 'unknown', why: 'stopped' }), 'hash');
  writeAttempt(host, '/t', attempt(NOW), 'hash');
  expect(readAttempts(host, '/t')).toEqual([attempt(NOW)]);
});

test('attempts of other projects at the same time are kept apart', () => {
  const host = fakeHost();
  writeAttempt(host, '/t', attempt(NOW), 'one');
  writeAttempt(host, '/t', attempt(NOW), 'two');
  expect(readAttempts(host, '/t')).toHaveLength(2);
});

test('it is bounded: the oldest of more than 200 are forgotten', () => {
  const host = fakeHost();
  for (let n = 0; n < 230; n++) writeAttempt(host, '/t', attempt(NOW + n), 'hash');
  const kept = readAttempts(host, '/t');
  expect([kept.length, kept[0]?.time]).toEqual([200, NOW + 30]);
});

test.each(['', '{', '[]', 'null', '{"time":"soon"}', '{"time":"2026-11-22T12:00:00Z"}'])(
  'a file holding %j is passed over',
  (content) => {
    const host = fakeHost();
    writeAttempt(host, '/t', attempt(NOW), 'hash');
    host.files.put('/t/attempts/0.json', content);
    expect(readAttempts(host, '/t')).toEqual([attempt(NOW)]);
  },
);

test('cleared, it is empty', () => {
  const host = fakeHost();
  writeAttempt(host, '/t', attempt(NOW), 'hash');
  clearJournal(host, '/t');
  expect(host.files.all()).toEqual({});
});
