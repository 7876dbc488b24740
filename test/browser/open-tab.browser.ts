import { answerOf } from '../../src/collector/page/answer-of.ts';
import { report } from '../../src/collector/report/report.ts';
import { openStore } from '../../src/collector/store/open-store.ts';
import { DEMO_NOW } from '../collector/support/demo-report.ts';
import { event } from '../collector/support/events.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { demo, logIn, useBrowser, visit } from './support/browser.ts';

useBrowser();

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

test('an open tab brings itself up to date, and keeps what its reader has opened', async () => {
  let now = DEMO_NOW;
  const calculate: typeof demo = async (question) => {
    const { report: result, charts } = await demo(question);
    const users = now === DEMO_NOW ? '1 active yesterday' : '2 active yesterday';
    result.figures.morning?.yesterday.columns.forEach((column) => {
      if (column.name === 'used') column.count = Number(users[0]);
    });
    return { report: { ...result, now }, charts };
  };
  const visited = await visit({}, { calculate, now: () => now });
  const { tab } = visited;
  await tab.clock.install({ time: now });
  await logIn(visited);
  await tab.getByRole('heading', { name: /^1 active yesterday/ }).waitFor();
  await tab.getByText('Active users per week as a table').click();

  now += 20 * MINUTE;
  await tab.clock.runFor(MINUTE);
  await tab.getByRole('heading', { name: /^2 active yesterday/ }).waitFor();
  expect(await tab.getByRole('table', { name: 'Active users per week' }).isVisible()).toBe(true);
  expect(await tab.evaluate(() => document.activeElement?.textContent)).toBe(
    'Active users per week as a table',
  );
});

test('a tab whose session has ended says so, keeps its figures, and leads back to them', async () => {
  const visited = await visit();
  const { tab, context, origin } = visited;
  await tab.clock.install();
  await logIn(visited, `${origin}/?last=5`);
  await context.clearCookies();
  await tab.clock.runFor(MINUTE);
  expect(await tab.getByRole('alert').textContent()).toContain('You are logged out');
  expect(await tab.locator('.matrix').count()).toBe(1);
  expect(await tab.getByRole('link', { name: 'Log in again' }).getAttribute('href')).toContain(
    'next=%2F%3Flast%3D5',
  );
});

test('a tab on a shared link says so when that is revoked, and keeps its figures', async () => {
  const visited = await visit();
  const { tab, context, origin } = visited;
  await logIn(visited, `${origin}/shares`);
  await tab.getByLabel('Who is it for?').fill('a board');
  await tab.getByRole('button', { name: 'Make a link' }).click();
  const link = await tab.getByLabel(/^The new link/).inputValue();
  const reader = await context.newPage();
  await reader.clock.install();
  await reader.goto(link);
  await tab.goto(`${origin}/shares`);
  await tab.getByRole('button', { name: 'Revoke the link for a board' }).click();
  await tab.getByText('There is none yet.').waitFor();
  await reader.clock.runFor(MINUTE);
  expect(await reader.getByRole('alert').textContent()).toContain('This link has been revoked');
  expect(await reader.locator('.matrix').count()).toBe(1);
});

test('a tab that can’t reach the collector says so, and recovers', async () => {
  const visited = await visit();
  const { tab, context } = visited;
  await tab.clock.install({ time: DEMO_NOW });
  await logIn(visited);
  await context.setOffline(true);
  await tab.clock.runFor(20 * MINUTE);
  expect(await tab.getByRole('alert').textContent()).toContain('The collector can’t be reached');
  expect(await tab.locator('.age').textContent()).toBe(', 20 min ago');
  await context.setOffline(false);
  await tab.clock.runFor(MINUTE);
  await tab.getByRole('alert').waitFor({ state: 'detached' });
});

test('on the first day it says what has come and what to do next, and shows the next report by itself', async () => {
  const store = openStore(temporaryDirectory());
  let now = DEMO_NOW;
  let received: number | undefined;
  const calculate: typeof demo = async (question) =>
    answerOf(report(store.activity(), { ...question, exclude: [], burstMinimum: 20, now }), []);
  const visited = await visit({}, { calculate, now: () => now, received: () => received });
  const { tab } = visited;
  await tab.clock.install({ time: now });
  await logIn(visited);
  await tab.getByRole('heading', { name: 'No report has been received yet' }).waitFor();
  expect(await tab.locator('figure').count()).toBe(0);
  expect(await tab.getByText('WASP_TELEMETRY_URL=').count()).toBe(1);

  now += MINUTE;
  received = now;
  store.insert([event({ distinctId: 'first', receivedAt: now })]);
  now += 2 * MINUTE;
  await tab.clock.runFor(MINUTE);
  await tab.getByRole('heading', { name: '1 report received 2 minutes ago' }).waitFor();
  expect(await tab.getByText(/^wasp-collector note 2026-11-\d\d "First reports"/).count()).toBe(1);
  expect(await tab.locator('figure').count()).toBe(0);

  store.insert(
    Array.from({ length: 9 }, (_, index) => event({ distinctId: `later ${index}`, receivedAt: now })),
  );
  received = now;
  now += MINUTE;
  await tab.clock.runFor(MINUTE);
  await tab.getByRole('heading', { name: /The first report came today; 10 active so far/ }).waitFor();
  expect(
    await tab.getByRole('heading', { name: '10 reports received, the latest 1 minute ago' }).count(),
  ).toBe(1);
  expect(await tab.locator('figure').count()).toBe(0);
  // There is one period, and nothing before it: no cell is a dash.
  const cells = await tab.locator('.matrix tbody tr td').allTextContents();
  expect(cells).toEqual(['0', '10', '0', '0', '10']);

  now += DAY;
  await tab.getByRole('link', { name: 'The figures by day' }).click();
  await tab.locator('figure.chart').first().waitFor();
  store.close();
});
