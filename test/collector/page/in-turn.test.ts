import { inTurn } from '../../../src/collector/page/in-turn.ts';

test('tasks run one after the other, whatever becomes of them, and too many are refused', async () => {
  const next = inTurn(3);
  let running = 0;
  const task = (fails: boolean) => async () => {
    running += 1;
    expect(running).toBe(1);
    await new Promise(setImmediate);
    running -= 1;
    if (fails) throw new Error('failed');
    return 'done';
  };
  const outcomes = await Promise.allSettled([false, true, false, false].map((fails) => next(task(fails))));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
  expect(outcomes[3]).toMatchObject({ reason: { name: 'TooManyError' } });
  expect(await next(task(false))).toBe('done');
});
