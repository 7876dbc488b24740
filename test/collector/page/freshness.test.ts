import type { Answer } from '../../../src/collector/page/answer.ts';
import type { Answers } from '../../../src/collector/page/answers.ts';
import { isDue, isPast } from '../../../src/collector/page/freshness.ts';
import { keepFresh } from '../../../src/collector/page/keep-fresh.ts';
import type { Question } from '../../../src/collector/page/question.ts';
import { completePeriods } from '../../../src/collector/report/periods.ts';
import { until } from '../../support/until.ts';

const MINUTES = 60_000;
/** A Wednesday. */
const START = Date.UTC(2026, 10, 18, 12);
const quiet = { received: () => undefined };

function answerAt(now: number, timeZone = 'UTC', reports = 1000): Answer {
  const figures = { totals: [{ reports }] };
  return {
    report: { now, periods: completePeriods('week', 1, timeZone, now), figures },
  } as unknown as Answer;
}

test.each([
  ['nothing came', 60, undefined, false],
  ['something came a moment ago', 3, 2.9, false],
  ['something came, and the answer is four minutes old', 4, 0.1, true],
  ['what came is in the answer already', 60, -1, false],
])('where %s, the usual answer is due or not', (_, age, received, expected) => {
  const came = received === undefined ? undefined : START + received * MINUTES;
  expect(isDue(answerAt(START), START + age * MINUTES, { received: () => came })).toBe(expected);
});

test.each([
  ['UTC', Date.UTC(2026, 10, 23)],
  ['Asia/Kathmandu', Date.UTC(2026, 10, 22, 18, 15)],
  ['America/St_Johns', Date.UTC(2026, 10, 23, 3, 30)],
])('at the end of a week in %s it is due, though nothing came', (timeZone, end) => {
  const answer = answerAt(end - MINUTES, timeZone);
  expect(isDue(answer, end - 1, quiet)).toBe(false);
  expect(isDue(answer, end, quiet)).toBe(true);
});

test('where there is none it is due, and so it is after each of the first reports', () => {
  expect(isDue(undefined, START, quiet)).toBe(true);
  expect(isDue(answerAt(START, 'UTC', 3), START + MINUTES, { received: () => START + 1 })).toBe(true);
  expect(isDue(answerAt(START, 'UTC', 3), START + MINUTES, { received: () => START - 1 })).toBe(false);
});

test.each([
  ['before the answer', -1, false],
  ['after the answer', 1, true],
  ['in the future, by its clock', 60, false],
])('where something was noted %s, a newer one is due or not', (_, at, expected) => {
  const news = { received: () => undefined, noted: () => START + at * MINUTES };
  expect(isDue(answerAt(START), START + 2 * MINUTES, news)).toBe(expected);
  expect(isPast(answerAt(START), START + 2 * MINUTES, news)).toBe(expected);
});

test('what was calculated while the clock was ahead is neither shown nor kept once the clock is right', () => {
  const ahead = answerAt(START + 60 * MINUTES);
  expect(isPast(ahead, START, quiet)).toBe(true);
  expect(isDue(ahead, START, quiet)).toBe(true);
  // A clock that is set right by a moment changes nothing.
  expect(isPast(answerAt(START + 500), START, quiet)).toBe(false);
});

test('it is calculated before anyone asks, and a failure is logged', async () => {
  const lines: string[] = [];
  const asked: Question[] = [];
  const answers = {
    kept: () => undefined,
    renew: (question: Question) => {
      asked.push(question);
      return Promise.reject(new Error('the disk is full'));
    },
  } as unknown as Answers;
  const usual: Question = { unit: 'week', count: 12, environment: 'local', timeZone: 'UTC' };
  const clock = { now: () => START, received: () => undefined };
  const fresh = keepFresh(
    answers,
    () => usual,
    clock,
    (line) => lines.push(line),
  );
  await until('it is logged', () => lines.length > 0);
  fresh.stop();
  expect(asked).toEqual([usual]);
  expect(lines).toEqual(['the page has no figures: the disk is full']);
});
