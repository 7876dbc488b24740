import { mkdirSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page as Tab } from 'playwright-core';
import type { Page, PageOptions } from '../../src/collector/page/listener.ts';
import { startDemoPage, TOKEN } from '../collector/support/demo-page.ts';
import { demoReports } from '../collector/support/demo-report.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const SCREENSHOTS = '.cache/screenshots';
/** Active users, people, projects twice, funnel, deploys, versions, systems, installations. */
const CHARTS = 9;

let calculate: PageOptions['calculate'];
let browser: Browser;
let server: Page;
let context: BrowserContext;
let tab: Tab;
let origin: string;
/** What the browser complained about, and every address it asked for. */
let complaints: string[];
let requests: string[];

beforeAll(async () => {
  calculate = demoReports(temporaryDirectory());
  mkdirSync(SCREENSHOTS, { recursive: true });
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Whatever a browser might look for on its own isn't found.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
});

afterAll(() => browser?.close());

beforeEach(async () => {
  server = await startDemoPage({ calculate });
  origin = `http://127.0.0.1:${server.address.port}`;
  context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true });
  complaints = [];
  requests = [];
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('request', (request) => requests.push(request.url()));
  tab = await context.newPage();
});

afterEach(async () => {
  await context?.close();
  await server?.close();
});

async function logIn(): Promise<void> {
  await tab.goto(origin);
  await tab.getByLabel('Login token').fill(TOKEN);
  await tab.keyboard.press('Enter');
  await tab
    .locator('canvas[data-drawn]')
    .nth(CHARTS - 1)
    .waitFor();
}

/** How many different colours a canvas shows in a coarse grid: a blank one shows one. */
function coloursOf(canvas: HTMLCanvasElement): number {
  const { width, height } = canvas;
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
  const seen = new Set<string>();
  for (let at = 0; at < pixels.length; at += 4 * 7) seen.add(pixels.slice(at, at + 4).join());
  return seen.size;
}

test('after a wrong token and then the right one, the figures are there and nothing left the machine', async () => {
  await tab.goto(origin);
  expect(tab.url()).toBe(`${origin}/login`);
  await tab.screenshot({ path: `${SCREENSHOTS}/login.png` });
  await logIn();
  expect(await tab.locator('canvas[data-drawn]').count()).toBe(CHARTS);
  for (const canvas of await tab.locator('canvas').all()) {
    expect(await canvas.evaluate(coloursOf)).toBeGreaterThan(5);
  }
  expect(complaints).toEqual([]);
  expect(requests.filter((url) => !url.startsWith(origin))).toEqual([]);
  expect(await tab.evaluate(() => document.cookie)).toBe('');
});

test('a wrong token is refused with a message that is announced', async () => {
  await tab.goto(origin);
  await tab.getByLabel('Login token').fill('not the token at all');
  await tab.keyboard.press('Enter');
  expect(await tab.getByRole('alert').textContent()).toBe('That is not the token.');
  await tab.goto(origin);
  expect(tab.url()).toBe(`${origin}/login`);
});

test('every chart has a table with the same periods, and a CSV with the same numbers', async () => {
  await logIn();
  for (const name of ['Active users per week', 'Installations per week']) {
    await tab.getByText(`${name} as a table`).click();
    const table = tab.getByRole('table', { name });
    const first = await table.getByRole('row').nth(1).getByRole('cell').allTextContents();
    const link = tab.getByRole('link', { name: `${name} as CSV` });
    const [download] = await Promise.all([tab.waitForEvent('download'), link.click()]);
    const csv = await (await download.createReadStream()).reduce((text, chunk) => text + chunk, '');
    expect(csv.split('\n')[1]?.split(',').slice(1)).toEqual(first.map((cell) => cell.replaceAll(',', '')));
  }
  expect(complaints).toEqual([]);
});

test('another period, environment and time zone can be asked for', async () => {
  await logIn();
  await tab.getByLabel('Period').selectOption('month');
  await tab.getByLabel('How many').fill('3');
  await tab.getByLabel('Environment').selectOption('all');
  await tab.getByLabel('Time zone').fill('Asia/Kathmandu');
  await tab.getByRole('button', { name: 'Show' }).click();
  await tab.getByRole('heading', { name: 'Active users per month' }).waitFor();
  expect(await tab.locator('footer').textContent()).toContain('time zone Asia/Kathmandu');
  expect(await tab.locator('#active-users-table tbody tr').count()).toBe(3);
});

test.each([
  [1280, 'light'],
  [1280, 'dark'],
  [390, 'light'],
  [390, 'dark'],
] as const)(
  'at %i pixels, %s, nothing sticks out and the charts follow the colours',
  async (width, scheme) => {
    await tab.emulateMedia({ colorScheme: scheme });
    await tab.setViewportSize({ width, height: 844 });
    await logIn();
    expect(await tab.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    const background = await tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(background).toBe(scheme === 'dark' ? 'rgb(23, 20, 18)' : 'rgb(250, 249, 247)');
    await tab.screenshot({ path: `${SCREENSHOTS}/page-${width}-${scheme}.png`, fullPage: true });

    const chart = tab.locator('canvas').first();
    const before = await chart.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    await tab.emulateMedia({ colorScheme: scheme === 'dark' ? 'light' : 'dark' });
    await expect(changed(chart, before)).resolves.toBe(true);
  },
);

/** Resolves when the canvas shows something else; Playwright's own deadline ends the wait. */
async function changed(chart: ReturnType<Tab['locator']>, before: string): Promise<boolean> {
  const handle = await chart.elementHandle();
  await tab.waitForFunction(([canvas, old]) => (canvas as unknown as HTMLCanvasElement).toDataURL() !== old, [
    handle,
    before,
  ] as const);
  return true;
}

test('everything can be reached and opened with the keyboard, and focus can be seen', async () => {
  await logIn();
  await tab.keyboard.press('Tab');
  expect(await tab.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the figures');
  await tab.keyboard.press('Enter');
  expect(await tab.evaluate(() => document.activeElement?.id)).toBe('figures');

  const reached: string[] = [];
  for (let step = 0; step < 60; step += 1) {
    await tab.keyboard.press('Tab');
    const { name, outline, inBody } = await tab.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      return {
        name: `${element.tagName} ${element.textContent?.trim().slice(0, 30)}`,
        outline: getComputedStyle(element).outlineStyle,
        inBody: element !== document.body,
      };
    });
    if (!inBody) break;
    reached.push(name);
    expect(`${name}: ${outline}`).toBe(`${name}: solid`);
  }
  expect(reached.filter((name) => name.startsWith('SUMMARY'))).toHaveLength(CHARTS - 1);
  expect(reached.filter((name) => name === 'A CSV')).toHaveLength(10);

  const summary = tab.getByText('Active users per week as a table');
  await summary.focus();
  await tab.keyboard.press('Enter');
  await tab.getByRole('table', { name: 'Active users per week' }).waitFor();
});

test('a screen reader finds one heading per figure, labelled charts and captioned tables', async () => {
  await logIn();
  const headings = await tab.getByRole('heading').allTextContents();
  expect(headings[0]).toBe('Wasp in use');
  expect(headings).toHaveLength(12);
  for (const canvas of await tab.getByRole('img').all()) {
    expect(await canvas.getAttribute('aria-label')).toMatch(/^Chart of .+; the same numbers/);
  }
  expect(await tab.locator('table:not(:has(caption))').count()).toBe(0);
  expect(await tab.locator('th:not([scope])').count()).toBe(0);
  expect(await tab.getByRole('navigation').count()).toBe(1);
  expect(await tab.getByRole('main').count()).toBe(1);
});

test('logging out ends the session', async () => {
  await logIn();
  await tab.getByRole('button', { name: 'Log out' }).click();
  await tab.goto(origin);
  expect(tab.url()).toBe(`${origin}/login`);
});
