import { logIn, SCREENSHOTS, useBrowser, visit } from './support/browser.ts';

useBrowser();

test('after a wrong token and then the right one, the figures are there and nothing left the machine', async () => {
  const visited = await visit();
  const { tab, origin, complaints, requests } = visited;
  await tab.goto(origin);
  await tab.screenshot({ path: `${SCREENSHOTS}/login.png` });
  await tab.getByLabel('Login token').fill('not the token at all');
  await tab.keyboard.press('Enter');
  expect(await tab.getByRole('alert').textContent()).toBe('That is not the token.');
  complaints.length = 0;

  await logIn(visited);
  expect(await tab.getByRole('heading', { level: 2 }).first().textContent()).toMatch(/^\d+ active yesterday/);
  expect(await tab.locator('figure.chart').count()).toBeGreaterThan(6);
  expect(complaints).toEqual([]);
  expect(requests.filter((url) => !url.startsWith(origin))).toEqual([]);
  expect(await tab.evaluate(() => document.cookie)).toBe('');
});

test('a link from a chat opens what it points to, after the login and, later, without it', async () => {
  const visited = await visit();
  const { tab, origin } = visited;
  const link = `${origin}/?period=month&last=3&env=all&timezone=Asia%2FKathmandu`;
  await logIn(visited, link);
  expect(tab.url()).toBe(link);
  expect(await tab.getByLabel('Time zone').inputValue()).toBe('Asia/Kathmandu');

  // A navigation from another site: the cookie has to come along.
  const message = `<a href="${link.replaceAll('&', '&amp;')}">figures</a>`;
  await tab.goto(`data:text/html,${encodeURIComponent(message)}`);
  await tab.getByText('figures').click();
  await tab.waitForURL(link);
  expect(await tab.getByLabel('Time zone').inputValue()).toBe('Asia/Kathmandu');
});

test('every figure has a table with the same periods, and files with the same numbers', async () => {
  const visited = await visit({ acceptDownloads: true });
  const { tab, complaints } = visited;
  await logIn(visited);
  for (const [name, id] of [
    ['Active users per week', 'active-users'],
    ['Installations per week', 'installs'],
  ] as const) {
    await tab.getByText(`${name} as a table`).click();
    const table = tab.getByRole('table', { name });
    const first = await table.getByRole('row').nth(1).getByRole('cell').allTextContents();
    await tab.locator(`section[aria-labelledby="${id}"] .files summary`).click();
    const link = tab.getByRole('link', { name: `${name} as CSV` });
    const [download] = await Promise.all([tab.waitForEvent('download'), link.click()]);
    const csv = await (await download.createReadStream()).reduce((text, chunk) => text + chunk, '');
    expect(csv.split('\n')[1]?.split(',').slice(1)).toEqual(first.map((cell) => cell.replaceAll(',', '')));
  }
  expect(complaints).toEqual([]);
});

test('another period, environment and time zone can be asked for', async () => {
  const visited = await visit();
  const { tab } = visited;
  await logIn(visited);
  await tab.getByLabel('Period').selectOption('month');
  await tab.getByLabel('How many').fill('3');
  await tab.getByLabel('Environment').selectOption('all');
  await tab.getByLabel('Time zone').fill('Asia/Kathmandu');
  await tab.getByRole('button', { name: 'Show' }).click();
  await tab.getByRole('heading', { name: 'Active users per month' }).waitFor();
  expect(await tab.locator('footer').textContent()).toContain('time zone Asia/Kathmandu');
  expect(await tab.locator('#active-users-table tbody tr').count()).toBe(3);
});

test('the pointer and the arrow keys show a period’s values', async () => {
  const visited = await visit();
  const { tab } = visited;
  await logIn(visited);
  const chart = tab.locator('section[aria-labelledby="active-users"] figure.chart');
  const picture = chart.locator(':scope > svg');
  await picture.scrollIntoViewIfNeeded();
  const box = await picture.boundingBox();
  if (!box) throw new Error('The chart has no place.');
  await tab.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2);
  const values = chart.locator('.values');
  await values.waitFor();
  expect(await values.textContent()).toMatch(/^2026-\d\d-\d\d.*> 30 days: \d/);
  await tab.mouse.move(0, 0);
  await values.waitFor({ state: 'hidden' });

  await picture.focus();
  await tab.keyboard.press('ArrowLeft');
  await values.filter({ hasText: 'so far' }).waitFor();
  await tab.keyboard.press('ArrowLeft');
  await values.filter({ hasNotText: 'so far' }).waitFor();
  await tab.keyboard.press('Escape');
  await values.waitFor({ state: 'hidden' });
});

test('everything can be reached with the keyboard in the order as read, and focus can be seen', async () => {
  const visited = await visit();
  const { tab } = visited;
  await logIn(visited);
  const reached: { name: string; top: number }[] = [];
  for (let step = 0; step < 120; step += 1) {
    await tab.keyboard.press('Tab');
    const focus = await tab.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      return {
        name: `${element.tagName} ${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 30)}`,
        outline: getComputedStyle(element).outlineStyle,
        top: element.closest('.asked, .figure, header')?.getBoundingClientRect().top ?? 0,
        scrolled: window.scrollY,
        isBody: element === document.body,
      };
    });
    if (focus.isBody) break;
    expect(`${focus.name}: ${focus.outline}`).toBe(`${focus.name}: solid`);
    reached.push({ name: focus.name, top: focus.top + focus.scrolled });
  }
  expect(reached[0]?.name).toBe('A Skip to the figures');
  const names = reached.map(({ name }) => name.split(' ')[0]);
  expect(names.filter((name) => name === 'SUMMARY').length).toBeGreaterThan(14);
  // From one part of the page to the next, never back up; the first ones are the link that skips, and the header.
  const tops = reached.slice(1).map(({ top }) => Math.round(top));
  expect(tops).toEqual(tops.toSorted((one, other) => one - other));
});

test('a screen reader finds one heading per figure, labelled charts and captioned tables', async () => {
  const visited = await visit();
  const { tab } = visited;
  await logIn(visited);
  expect(await tab.getByRole('heading').first().textContent()).toBe('Wasp in use');
  const sections = await tab.locator('main section.figure').count();
  expect(await tab.locator('main section.figure > h2').count()).toBe(sections);
  for (const chart of await tab.locator('figure.chart > svg').all()) {
    expect(await chart.getAttribute('aria-label')).toMatch(/^Chart of .+; its numbers are in the table$/);
  }
  expect(await tab.locator('table:not(:has(caption))').count()).toBe(0);
  expect(await tab.locator('th:not([scope])').count()).toBe(0);
  expect(await tab.getByRole('main').count()).toBe(1);
});

test('logging out ends the session', async () => {
  const visited = await visit();
  await logIn(visited);
  await visited.tab.getByRole('button', { name: 'Log out' }).click();
  await visited.tab.goto(visited.origin);
  expect(visited.tab.url()).toBe(`${visited.origin}/login`);
});
