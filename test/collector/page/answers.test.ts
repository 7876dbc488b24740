import { answers } from '../../../src/collector/page/answers.ts';
import type { Question } from '../../../src/collector/page/question.ts';
import type { Report } from '../../../src/collector/report/report.ts';

const question = (count: number): Question => ({
  unit: 'week',
  count,
  environment: 'local',
  timeZone: 'UTC',
});
const MINUTES = 60_000;

/** Calculations that end when the test says so. */
function calculations() {
  const waiting: { question: Question; end(now: number): void; fail(): void }[] = [];
  const calculate = (asked: Question) =>
    new Promise<Report>((resolve, reject) => {
      waiting.push({
        question: asked,
        end: (now) => resolve({ now } as Report),
        fail: () => reject(new Error('failed')),
      });
    });
  return { waiting, calculate };
}

/** Lets everything that is ready to go on, go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('the same question asked twice at once is calculated once', async () => {
  const { waiting, calculate } = calculations();
  const kept = answers(calculate, () => 0);
  const both = [kept.get(question(1)), kept.get(question(1))];
  await settle();
  expect(waiting).toHaveLength(1);
  waiting[0]?.end(0);
  expect(await Promise.all(both)).toEqual([{ now: 0 }, { now: 0 }]);
});

test('one calculation runs at a time, and a failed one doesn’t stop the next', async () => {
  const { waiting, calculate } = calculations();
  const kept = answers(calculate, () => 0);
  const first = kept.get(question(1));
  const second = kept.get(question(2));
  await settle();
  expect(waiting).toHaveLength(1);
  waiting[0]?.fail();
  await expect(first).rejects.toThrow('failed');
  await settle();
  waiting[1]?.end(0);
  expect(await second).toEqual({ now: 0 });
});

test('an old answer is given at once and replaced meanwhile', async () => {
  let now = 0;
  const { waiting, calculate } = calculations();
  const kept = answers(calculate, () => now);
  const first = kept.get(question(1));
  await settle();
  waiting[0]?.end(now);
  await first;

  now = 4 * MINUTES;
  expect(await kept.get(question(1))).toEqual({ now: 0 });
  await settle();
  expect(waiting).toHaveLength(1);

  now = 6 * MINUTES;
  expect(await kept.get(question(1))).toEqual({ now: 0 });
  await settle();
  waiting[1]?.end(now);
  await settle();
  expect(await kept.get(question(1))).toEqual({ now: 6 * MINUTES });
});

test('only the latest fifty answers are kept', async () => {
  const asked: number[] = [];
  const kept = answers(
    async ({ count }) => {
      asked.push(count);
      return { now: 0 } as Report;
    },
    () => 0,
  );
  for (let count = 1; count <= 51; count += 1) await kept.get(question(count));
  await kept.get(question(51));
  await kept.get(question(1));
  expect(asked).toHaveLength(52);
});
