import type { Answer } from '../../../src/collector/page/answer.ts';
import { answers } from '../../../src/collector/page/answers.ts';
import type { Question } from '../../../src/collector/page/question.ts';
import { completePeriods } from '../../../src/collector/report/periods.ts';
import { until } from '../../support/until.ts';

const question = (count: number): Question => ({
  unit: 'week',
  count,
  environment: 'local',
  timeZone: 'UTC',
});
const MINUTES = 60_000;
/** A Wednesday. */
const START = Date.UTC(2026, 10, 18, 12);

function answerAt(now: number, reports = 1000): Answer {
  const figures = { totals: [{ reports }] };
  return { report: { now, periods: completePeriods('week', 1, 'UTC', now), figures } } as unknown as Answer;
}

/** Calculations that end when the test says so. */
function calculations() {
  const waiting: { question: Question; end(answer: Answer): void; fail(): void }[] = [];
  const calculate = (asked: Question) =>
    new Promise<Answer>((resolve, reject) => {
      waiting.push({ question: asked, end: resolve, fail: () => reject(new Error('failed')) });
    });
  return { waiting, calculate };
}

const quiet = { received: () => undefined, patience: 20 };

test('the same question asked twice at once is calculated once', async () => {
  const { waiting, calculate } = calculations();
  const kept = answers(calculate, { now: () => START, ...quiet });
  const both = [kept.fresh(question(1)), kept.fresh(question(1))];
  await until('it is being calculated', () => waiting.length === 1);
  const answer = answerAt(START);
  waiting[0]?.end(answer);
  expect(await Promise.all(both)).toEqual([answer, answer]);
  expect(waiting).toHaveLength(1);
});

test('one calculation runs at a time, and a failed one doesn’t stop the next', async () => {
  const { waiting, calculate } = calculations();
  const kept = answers(calculate, { now: () => START, ...quiet });
  const first = kept.fresh(question(1));
  const second = kept.fresh(question(2));
  await until('the first is being calculated', () => waiting.length === 1);
  waiting[0]?.fail();
  await expect(first).rejects.toThrow('failed');
  await until('so is the second', () => waiting.length === 2);
  waiting[1]?.end(answerAt(START));
  expect(await second).toEqual(answerAt(START));
});

test('of many different questions some are refused, and asked again later they are answered', async () => {
  const { waiting, calculate } = calculations();
  const kept = answers(calculate, { now: () => START, ...quiet });
  const asked = Array.from({ length: 25 }, (_, index) =>
    kept.fresh(question(index + 1)).catch((error: Error) => error.message),
  );
  for (let ended = 0; ended < 20; ended += 1) {
    await until('the next is being calculated', () => waiting.length === ended + 1);
    waiting[ended]?.end(answerAt(START));
  }
  const refused = (await Promise.all(asked)).filter((one) => typeof one === 'string');
  expect(refused).toEqual(Array(5).fill('Too much is being calculated already. Try again in a minute.'));
  const again = kept.fresh(question(25));
  await until('it is being calculated', () => waiting.length === 21);
  waiting[20]?.end(answerAt(START));
  expect(await again).toEqual(answerAt(START));
});

test.each([
  ['is 14 minutes old', START + 14 * MINUTES, undefined, 1000, true],
  ['is 15 minutes old', START + 15 * MINUTES, undefined, 1000, false],
  ['is a minute old, though reports came', START + MINUTES, START + 1, 1000, true],
  ['is one of ten reports, and another came', START + MINUTES, START + 1, 10, false],
  ['is one of ten reports, and none came', START + MINUTES, START - 1, 10, true],
])(
  'an answer that %s at %i, is shown without waiting for another: %#',
  async (_, now, received, reports, isShown) => {
    const { waiting, calculate } = calculations();
    let time = START;
    const kept = answers(calculate, { now: () => time, received: () => received, patience: 20 });
    const first = kept.fresh(question(1));
    await until('it is being calculated', () => waiting.length === 1);
    waiting[0]?.end(answerAt(START, reports));
    await first;
    time = now;
    expect(await kept.show(question(1))).toEqual({ answer: answerAt(START, reports), isOld: !isShown });
    expect(waiting).toHaveLength(isShown ? 1 : 2);
  },
);

test('an answer from before the week ended is not shown without a word, however young it is', async () => {
  const sunday = Date.UTC(2026, 10, 22, 23, 58);
  let time = sunday;
  const { waiting, calculate } = calculations();
  const kept = answers(calculate, { now: () => time, ...quiet });
  const first = kept.fresh(question(1));
  await until('it is being calculated', () => waiting.length === 1);
  waiting[0]?.end(answerAt(sunday));
  await first;
  time = sunday + 2 * MINUTES;
  expect((await kept.show(question(1))).isOld).toBe(true);
});

test('a reader waits a moment for the new answer, and gets it if it is there by then', async () => {
  let time = START;
  const kept = answers(async () => answerAt(time), {
    now: () => time,
    received: () => undefined,
    patience: 10_000,
  });
  await kept.fresh(question(1));
  time += 60 * MINUTES;
  expect(await kept.show(question(1))).toEqual({ answer: answerAt(time), isOld: false });
});

test('where there is no answer yet and it takes longer, there is none to show', async () => {
  const { calculate } = calculations();
  expect(await answers(calculate, { now: () => START, ...quiet }).show(question(1))).toEqual({
    answer: undefined,
    isOld: true,
  });
});

test('a failure is told where there is nothing older, else the older answer is shown', async () => {
  let time = START;
  let isBroken = true;
  const calculate = async () => {
    if (isBroken) throw new Error('the disk is full');
    return answerAt(time);
  };
  const kept = answers(calculate, { now: () => time, ...quiet });
  await expect(kept.show(question(1))).rejects.toThrow('the disk is full');
  isBroken = false;
  await kept.show(question(1));
  isBroken = true;
  time += 60 * MINUTES;
  expect(await kept.show(question(1))).toEqual({ answer: answerAt(START), isOld: true });
});

test('answers don’t pile up', async () => {
  const asked: number[] = [];
  const calculate = async ({ count }: Question) => {
    asked.push(count);
    return answerAt(START);
  };
  const kept = answers(calculate, { now: () => START, ...quiet });
  for (let count = 1; count <= 200; count += 1) await kept.fresh(question(count));
  await kept.fresh(question(200));
  await kept.fresh(question(1));
  expect(asked.slice(200)).toEqual([1]);
});
