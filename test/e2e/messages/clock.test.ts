/** A clock that was wrong for a while, with the built bundle: nothing is lost by it. */
import { path } from '../../../scripts/paths.ts';
import { type Correspondence, correspond } from '../../support/correspondence.ts';
import { inDays, makeMessage } from '../../support/maintainer.ts';

const DAY = 86_400_000;
let user: Correspondence;

beforeEach(async () => {
  user = await correspond();
});

/** A user's clock that is wrong by so many days; a sender is started as its program was. */
const off = (days: number) => ({ CLOCK_OFF: String(days * DAY) });
const program = [process.execPath, '--require', path('test/support/clock.cjs'), path('dist/wasp.cjs')];
const onTerminal = (days: number) => user.onTerminal(off(days), [...program, 'info']);
const report = (days: number) => user.report(off(days), program);

const expiring = makeMessage({ level: 'critical', expiresAt: inDays(10) });

test.each([20, 40])('received and looked at %d days ahead: shown once the clock is right', async (days) => {
  user.willAnswer(user.maintainer.answer([expiring, makeMessage({ id: 'b' })], { expiresAt: inDays(60) }));
  expect(await report(days)).toMatchObject({
    kind: 'accepted',
    notes: [expect.stringMatching('message hello is not shown: it has expired')],
  });
  expect(await onTerminal(days)).not.toContain('critical');
  expect(await onTerminal(0)).toContain('critical: Hello');
  expect(await onTerminal(0)).toBe('');
});

test('looked at while the document seemed to have expired: shown once the clock is right', async () => {
  await user.receive([makeMessage()], { expiresAt: inDays(15) });
  expect(await onTerminal(30)).toBe('');
  expect(await onTerminal(0)).toContain('Hello');
});

test('something critical that was shown 30 days ahead or behind is due again within a day', async () => {
  await user.receive([makeMessage({ level: 'critical' })], { expiresAt: inDays(60) });
  expect(await onTerminal(30)).toContain('critical: Hello');
  expect(await onTerminal(0)).toContain('critical: Hello');
  expect(await onTerminal(0)).toBe('');
  expect(await onTerminal(-30)).toContain('critical: Hello');
  expect(await onTerminal(-30)).toBe('');
  expect(await onTerminal(0)).toContain('critical: Hello');
});

test.each([1970, 2100])('a command in the year %d costs nothing for good', async (year) => {
  await user.receive([makeMessage({ level: 'critical' })], { expiresAt: inDays(60) });
  await onTerminal((Date.UTC(year, 1) - Date.now()) / DAY);
  expect(await onTerminal(0)).toContain('critical: Hello');
  expect(await onTerminal(0)).toBe('');
});

test.each([30, -30])(
  'refused while the clock is %d days off, and accepted from the next report on',
  async (days) => {
    user.willAnswer(user.maintainer.answer([makeMessage()], { expiresAt: inDays(20) }));
    expect(await report(days)).toMatchObject({ kind: 'refused' });
    expect(await report(0)).toMatchObject({ kind: 'accepted' });
    expect(await onTerminal(0)).toContain('Hello');
  },
);
