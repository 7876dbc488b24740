import type { Answer } from '../../src/collector/page/answer.ts';
import { TOKEN } from '../collector/support/demo-page.ts';
import { demo, logIn, useBrowser, visit } from './support/browser.ts';

useBrowser();

test('without JavaScript everything is there: charts, tables, files, another question', async () => {
  const visited = await visit({ javaScriptEnabled: false });
  const { tab } = visited;
  await logIn(visited);
  expect(await tab.locator('figure.chart > svg path').count()).toBeGreaterThan(100);
  await tab.getByText('Active users per week as a table').click();
  await tab.getByRole('table', { name: 'Active users per week' }).waitFor();
  await tab.getByLabel('How many').fill('3');
  await tab.getByRole('button', { name: 'Show' }).click();
  await tab.waitForURL(/last=3/);
  expect(await tab.locator('#active-users-table tbody tr').count()).toBe(3);
});

test('a question that takes a while says so, and its answer appears by itself', async () => {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const calculate = async (question: Parameters<typeof demo>[0]): Promise<Answer> => {
    if (question.count === 7) await ended;
    return demo(question);
  };
  const visited = await visit({ javaScriptEnabled: false }, { calculate, patience: 50 });
  const { tab, origin } = visited;
  await logIn(visited, `${origin}/?last=7`);
  expect(await tab.getByRole('heading').textContent()).toBe('Calculating …');
  end();
  await tab.locator('.matrix').waitFor();
  expect(await tab.getByLabel('How many').inputValue()).toBe('7');
});

test('a shared link shows the figures to read, with their files, until it is revoked', async () => {
  const visited = await visit({ acceptDownloads: true });
  const { tab, context, origin } = visited;
  await logIn(visited);
  await tab.getByRole('link', { name: 'Share' }).click();
  await tab.getByLabel('Who is it for?').fill('the board');
  await tab.getByRole('button', { name: 'Make a link' }).click();
  const link = await tab.getByLabel('The new link').inputValue();
  expect(link).toMatch(new RegExp(`^${origin}/shared/[\\w-]{32}/$`));

  await context.clearCookies();
  const reader = await context.newPage();
  await reader.goto(link);
  expect(await reader.locator('.matrix').count()).toBe(1);
  expect(await reader.getByRole('button', { name: 'Log out' }).count()).toBe(0);
  expect(await reader.getByRole('link', { name: 'Share' }).count()).toBe(0);
  await reader.getByLabel('How many').fill('3');
  await reader.getByRole('button', { name: 'Show' }).click();
  await reader.waitForURL(/last=3/);
  expect(reader.url().startsWith(link)).toBe(true);
  await reader.locator('section[aria-labelledby="installs"] .files summary').click();
  const file = reader.getByRole('link', { name: 'Installations per week as CSV' });
  const [download] = await Promise.all([reader.waitForEvent('download'), file.click()]);
  expect(download.suggestedFilename()).toBe('installs-per-week.csv');
  await reader.goto(`${origin}/shares`);
  expect(new URL(reader.url()).pathname).toBe('/login');

  await logIn(visited, `${origin}/shares`);
  await tab.getByRole('button', { name: 'Revoke the link for the board' }).click();
  await tab.getByText('There is none yet.').waitFor();
  await reader.goto(link);
  expect(await reader.getByRole('alert').textContent()).toBe('This link has been revoked, or never was one.');
  expect(await reader.locator('table').count()).toBe(0);
});

test('the login leads on, and never to another site', async () => {
  const { tab, origin } = await visit();
  await tab.goto(`${origin}/login?next=${encodeURIComponent('//evil.example/')}`);
  await tab.getByLabel('Login token').fill(TOKEN);
  await tab.keyboard.press('Enter');
  await tab.locator('.matrix').waitFor();
  expect(tab.url()).toBe(`${origin}/`);
});
